package io.gleaner.cli.option;

import io.gleaner.app.Settings;
import io.gleaner.database.DatabaseConfig;
import io.gleaner.database.DatabaseReport;
import io.gleaner.job.CrawlSpec;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a whole number and refuses one outside its bounds, naming them. */
public abstract class WholeNumber implements ITypeConverter<Integer> {

    private final int min;
    private final int max;

    WholeNumber(int min, int max) {
        this.min = min;
        this.max = max;
    }

    @Override
    public final Integer convert(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered below: not a number and out of bounds get the same sentence.
        }
        throw new TypeConversionException(
                "'%s' is not a whole number from %d to %d".formatted(text, min, max));
    }

    static final class Limit extends WholeNumber {
        Limit() {
            super(1, CrawlSpec.LIMIT_MAX);
        }
    }

    static final class MaxDepth extends WholeNumber {
        MaxDepth() {
            super(0, CrawlSpec.MAX_DEPTH_MAX);
        }
    }

    public static final class PerMinute extends WholeNumber {
        PerMinute() {
            super(1, 1_000_000);
        }
    }

    public static final class ProfileSeconds extends WholeNumber {
        ProfileSeconds() {
            super(1, 120);
        }
    }

    public static final class Port extends WholeNumber {
        Port() {
            super(0, 65_535);
        }
    }

    static final class HostSlots extends WholeNumber {
        HostSlots() {
            super(1, 1_000);
        }
    }

    static final class Concurrency extends WholeNumber {
        Concurrency() {
            super(1, 100_000);
        }
    }

    static final class Attempts extends WholeNumber {
        Attempts() {
            super(1, 100);
        }
    }

    public static final class DatabaseConnections extends WholeNumber {
        DatabaseConnections() {
            super(DatabaseConfig.CONNECTIONS_MIN, DatabaseConfig.CONNECTIONS_MAX);
        }
    }

    public static final class BacklogMax extends WholeNumber {
        BacklogMax() {
            super(1, Integer.MAX_VALUE);
        }
    }

    public static final class RetentionDays extends WholeNumber {
        RetentionDays() {
            super(1, Settings.RETENTION_DAYS_MAX);
        }
    }

    public static final class ReportRows extends WholeNumber {
        ReportRows() {
            super(1, DatabaseReport.ROWS_MAX);
        }
    }

    public static final class JobsShown extends WholeNumber {
        JobsShown() {
            super(1, 1_000);
        }
    }
}
