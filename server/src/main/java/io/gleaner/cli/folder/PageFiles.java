package io.gleaner.cli.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.cli.console.CommandFailure;
import io.gleaner.export.FrontMatter;
import io.gleaner.export.SiteTree;
import io.gleaner.job.Page;
import io.gleaner.job.PageContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes the files of one page: one per representation, side by side. */
final class PageFiles {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int FOLDERS_REMEMBERED_MAX = 10_000;

    private static final OpenOption[] FRESH_AND_NO_LINK = {
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE,
        LinkOption.NOFOLLOW_LINKS
    };

    private final Path folder;
    private final SiteTree tree;
    private final Set<Path> made = new HashSet<>();

    PageFiles(Path folder, SiteTree tree) {
        this.folder = folder;
        this.tree = tree;
    }

    void write(Page.Content page) {
        Path stem = folder.resolve(tree.place(page.url()));
        PageContent content = page.content();
        if (content.markdown() != null) {
            text(stem, ".md", FrontMatter.of(page) + content.markdown() + "\n");
        }
        text(stem, ".html", content.html());
        text(stem, ".raw.html", content.rawHtml());
        text(stem, ".txt", content.text());
        list(stem, ".chunks.json", content.chunks());
        list(stem, ".links.json", content.links());
        list(stem, ".images.json", content.images());
    }

    /** Removes what {@link #write} made for this URL, and its folders once they are empty. */
    void delete(String url) {
        Path stem = folder.resolve(tree.place(url));
        for (String extension : SiteTree.EXTENSIONS) {
            Path file = beside(stem, extension);
            try {
                requireNoLink(parent(file));
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw CommandFailure.output(file, e, "");
            }
        }
        for (Path up = parent(stem); !up.equals(folder); up = parent(up)) {
            if (!deletedAsEmpty(up)) {
                break;
            }
        }
    }

    private static boolean deletedAsEmpty(Path folder) {
        try {
            return Files.deleteIfExists(folder);
        } catch (IOException e) {
            // Not empty, or already gone: there is nothing to tidy up here.
            return false;
        }
    }

    private void list(Path stem, String extension, @Nullable List<?> values) {
        if (values != null) {
            text(stem, extension, JSON.writeValueAsString(values) + "\n");
        }
    }

    private void text(Path stem, String extension, @Nullable String text) {
        if (text == null) {
            return;
        }
        Path file = beside(stem, extension);
        try {
            makeFolder(parent(file));
            requireNoLink(file);
            Files.write(file, text.getBytes(UTF_8), FRESH_AND_NO_LINK);
        } catch (IOException e) {
            throw CommandFailure.output(file, e, CrawlFolder.NOTHING_IS_LOST);
        }
    }

    /** A link inside the folder may lead out of it. */
    private void requireNoLink(Path wanted) throws IOException {
        for (Path up = wanted; !up.equals(folder); up = parent(up)) {
            if (Files.isSymbolicLink(up)) {
                throw new IOException("%s is a symbolic link; remove it".formatted(up));
            }
        }
    }

    private void makeFolder(Path wanted) throws IOException {
        if (made.contains(wanted)) {
            return;
        }
        requireNoLink(wanted);
        Files.createDirectories(wanted);
        if (made.size() >= FOLDERS_REMEMBERED_MAX) {
            made.clear();
        }
        made.add(wanted);
    }

    // Both are below the folder, so they have a parent and a name.
    private Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? folder : parent;
    }

    private static Path beside(Path stem, String extension) {
        return stem.resolveSibling(stem.getFileName() + extension);
    }
}
