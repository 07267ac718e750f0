package io.gleaner.perf.manifests;

/** A manifest that cannot be read at all. */
final class ManifestException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Finding finding;

    ManifestException(Finding finding) {
        super(finding.toString());
        this.finding = finding;
    }

    Finding finding() {
        return finding;
    }
}
