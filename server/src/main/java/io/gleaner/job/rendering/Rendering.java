package io.gleaner.job.rendering;

import java.util.List;
import java.util.Optional;

/**
 * Whether a page was rendered, for a job that renders.
 *
 * @param why one clause for people
 * @param actions what came of the actions of the job, in their order
 * @param attachments what was made of the page besides
 */
public record Rendering(
        boolean rendered, String why, List<ActionResult> actions, List<Attachment> attachments) {

    public Rendering {
        actions = List.copyOf(actions);
        attachments = List.copyOf(attachments);
    }

    /** With nothing besides. */
    public Rendering(boolean rendered, String why) {
        this(rendered, why, List.of(), List.of());
    }

    /** Told is only what there is, not what is in it. */
    public Rendering withoutBytes() {
        return new Rendering(
                rendered,
                why,
                actions,
                attachments.stream()
                        .map(one -> new Attachment(one.name(), one.mediaType(), new byte[0]))
                        .toList());
    }

    /** What has this name. */
    public Optional<Attachment> attachment(String name) {
        return attachments.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
