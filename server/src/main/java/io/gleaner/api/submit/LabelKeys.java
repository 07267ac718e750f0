package io.gleaner.api.submit;

import io.gleaner.api.wire.BodyReader;
import io.gleaner.job.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The keys by which a job is found again: {@code name} and {@code tags}. */
final class LabelKeys {

    private final BodyReader body;
    private @Nullable String name;
    private List<String> tags = List.of();

    LabelKeys(BodyReader body) {
        this.body = body;
    }

    void addTo(SequencedMap<String, BodyReader.Value> keys) {
        keys.put("name", path -> name = readName(path));
        keys.put("tags", path -> tags = readTags(path));
    }

    Labels labels() {
        return new Labels(name, tags);
    }

    private String readName(String path) {
        String text = body.string(path, Labels.NAME_LENGTH_MAX);
        if (!Labels.isName(text)) {
            throw BodyReader.refuse(path, text, Labels.NAME_ACCEPTED);
        }
        return text;
    }

    private List<String> readTags(String path) {
        var read = new ArrayList<String>();
        body.array(
                path,
                Labels.TAGS_MAX,
                item -> {
                    String tag = body.string(item, Labels.TAG_LENGTH_MAX);
                    if (!Labels.isTag(tag)) {
                        throw BodyReader.refuse(item, tag, Labels.TAG_ACCEPTED);
                    }
                    read.add(tag);
                });
        return read;
    }
}
