package io.gleaner.cli;

import io.gleaner.app.StartException;
import io.gleaner.cli.console.CommandFailure;
import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.database.DatabaseException;
import io.gleaner.seal.SealException;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever stops a command into one sentence and an exit code. */
final class Errors implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final Streams streams;

    Errors(Streams streams) {
        this.streams = streams;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        streams.complain(
                name, "%s; '%s --help' lists what is accepted".formatted(text(failure), name));
        return ExitCodes.USAGE;
    }

    @Override
    public int handleExecutionException(
            Exception failure, CommandLine command, ParseResult parsed) {
        return switch (failure) {
            case CommandFailure known -> say(command, known, known.exitCode());
            case StartException start -> say(command, start, ExitCodes.UNAVAILABLE);
            case SealException seal -> say(command, seal, ExitCodes.USAGE);
            case DatabaseException store -> say(command, store, ExitCodes.UNAVAILABLE);
            default -> {
                LoggerFactory.getLogger(Errors.class).error("a bug in Gleaner", failure);
                yield ExitCodes.SOFTWARE;
            }
        };
    }

    private int say(CommandLine command, Exception failure, int exitCode) {
        streams.complain(
                command.getCommandSpec().qualifiedName(), String.valueOf(failure.getMessage()));
        return exitCode;
    }

    private static String text(ParameterException failure) {
        return switch (failure) {
            case UnmatchedArgumentException unmatched -> unmatchedText(unmatched);
            default -> decapitalised(firstLine(failure));
        };
    }

    private static String unmatchedText(UnmatchedArgumentException failure) {
        String argument = failure.getUnmatched().getFirst();
        boolean top = failure.getCommandLine().getParent() == null;
        String what =
                failure.isUnknownOption()
                        ? "unknown option"
                        : top ? "unknown command" : "unexpected argument";
        List<String> suggestions = failure.getSuggestions();
        return suggestions.isEmpty()
                ? "%s '%s'".formatted(what, argument)
                : "%s '%s' (did you mean %s?)"
                        .formatted(what, argument, String.join(" or ", suggestions));
    }

    // picocli says "positional parameter at index 0 (URL)" where a person says URL.
    private static String firstLine(ParameterException failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("cannot be understood")
                .replaceFirst("positional parameter at index \\S+ \\((\\S+)\\)", "$1");
    }

    private static String decapitalised(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
