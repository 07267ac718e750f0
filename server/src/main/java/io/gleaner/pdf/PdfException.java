package io.gleaner.pdf;

/** A PDF document that cannot be read: expected with what is on the web, not a bug. */
public final class PdfException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean encrypted;

    private PdfException(String why, boolean encrypted) {
        super(why, null, false, false);
        this.encrypted = encrypted;
    }

    static PdfException encrypted() {
        return new PdfException("it asks for a password", true);
    }

    static PdfException broken(String why) {
        return new PdfException("the document is no PDF that can be read: " + why, false);
    }

    /** Whether it would need a password. */
    public boolean isEncrypted() {
        return encrypted;
    }
}
