package io.gleaner.perf.cli;

import io.gleaner.perf.process.BenchException;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever stops a bench into an exit code, and one sentence where that is enough. */
record Errors(PrintStream err) implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private static final System.Logger LOG = System.getLogger(Errors.class.getName());

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        String name = failure.getCommandLine().getCommandSpec().qualifiedName();
        err.printf(
                "%s: %s; '%s --help' lists what is accepted%n", name, failure.getMessage(), name);
        return ExitCodes.USAGE;
    }

    @Override
    public int handleExecutionException(
            Exception failure, CommandLine command, ParseResult parsed) {
        String name = command.getCommandSpec().qualifiedName();
        switch (failure) {
            case BenchException known -> err.printf("%s: %s%n", name, known.getMessage());
            case IllegalArgumentException wrong -> {
                err.printf("%s: %s%n", name, wrong.getMessage());
                return ExitCodes.USAGE;
            }
            default -> LOG.log(System.Logger.Level.ERROR, name + ": it failed", failure);
        }
        return ExitCodes.SOFTWARE;
    }
}
