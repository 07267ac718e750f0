package io.gleaner.job.rendering;

/** The sheets that a PDF may have. */
public enum PaperFormat {
    A0("A0", 33.1, 46.8),
    A1("A1", 23.4, 33.1),
    A2("A2", 16.54, 23.4),
    A3("A3", 11.7, 16.54),
    A4("A4", 8.27, 11.7),
    A5("A5", 5.83, 8.27),
    A6("A6", 4.13, 5.83),
    LETTER("Letter", 8.5, 11),
    LEGAL("Legal", 8.5, 14),
    TABLOID("Tabloid", 11, 17),
    LEDGER("Ledger", 17, 11);

    private final String wireName;
    private final double widthInches;
    private final double heightInches;

    PaperFormat(String wireName, double widthInches, double heightInches) {
        this.wireName = wireName;
        this.widthInches = widthInches;
        this.heightInches = heightInches;
    }

    /** The name used in requests. */
    public String wireName() {
        return wireName;
    }

    public double widthInches() {
        return widthInches;
    }

    public double heightInches() {
        return heightInches;
    }
}
