package io.gleaner.frontier;

import java.io.Reader;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.Predicate;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The addresses in a sitemap or a feed, as they pass. An element counts by its place and its root's
 * prefix: {@code image:loc} is no page, whatever its namespace is called and whether it is declared
 * at all. A document type is skipped; nothing that it names is read or replaced.
 */
final class SitemapXml {

    private static final int DEPTH_MAX = 64;

    /** From the address outward. */
    private static final Set<String> ADDRESSES =
            Set.of(
                    "loc url urlset",
                    "loc sitemap sitemapindex",
                    "link item channel rss",
                    "link item RDF");

    private static final String FOREIGN = "?";
    private static final String ATOM_LINK = "link entry feed";

    private final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    private final URI url;
    private final Predicate<String> sink;
    private final Deque<String> path = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private String root = "";
    private String prefix = "";
    private boolean more = true;

    /**
     * @param url of the document; relative addresses in feeds are resolved against it
     * @param sink takes an address; says whether it takes more
     */
    SitemapXml(URI url, Predicate<String> sink) {
        this.url = url;
        this.sink = sink;
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        // Many use a prefix that they do not declare.
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    }

    /** Without its prefix; empty while there is none. */
    String root() {
        return root;
    }

    /**
     * Reads to the end, or until nothing more is taken.
     *
     * @throws XMLStreamException where it is no XML; what came before has been taken
     */
    void read(Reader in) throws XMLStreamException {
        XMLStreamReader reader = factory.createXMLStreamReader(in);
        try {
            while (more && reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> begin(reader);
                    case XMLStreamConstants.END_ELEMENT -> end();
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                            append(reader.getText());
                    default -> {} // comments, references that stand for nothing here
                }
            }
        } finally {
            reader.close();
        }
    }

    private void begin(XMLStreamReader reader) throws XMLStreamException {
        String name = reader.getLocalName(); // with its prefix
        if (path.isEmpty()) {
            root = name.substring(name.indexOf(':') + 1);
            // RSS 1.0 has its items in another namespace than its root.
            prefix = root.equals("RDF") ? "" : name.substring(0, name.length() - root.length());
        }
        if (path.size() == DEPTH_MAX) {
            throw new XMLStreamException("its elements are over %d deep".formatted(DEPTH_MAX));
        }
        boolean ours = name.startsWith(prefix) && name.indexOf(':', prefix.length()) < 0;
        path.push(path.isEmpty() ? root : ours ? name.substring(prefix.length()) : FOREIGN);
        text.setLength(0);
        if (where().equals(ATOM_LINK)) {
            String relation = reader.getAttributeValue(null, "rel");
            String address = reader.getAttributeValue(null, "href");
            if (address != null && (relation == null || relation.equals("alternate"))) {
                take(resolved(address.strip()));
            }
        }
    }

    private void end() {
        if (ADDRESSES.contains(where())) {
            take(text.toString().strip());
        }
        path.pop();
        text.setLength(0);
    }

    private String where() {
        return path.size() > 4 ? "" : String.join(" ", path);
    }

    private void append(String part) {
        if (text.length() <= Urls.URL_CHARS_MAX) {
            text.append(part);
        }
    }

    private void take(String address) {
        if (!address.isEmpty() && address.length() <= Urls.URL_CHARS_MAX) {
            more = sink.test(address);
        }
    }

    private String resolved(String reference) {
        try {
            return url.resolve(reference).toString();
        } catch (IllegalArgumentException e) {
            return reference; // said to be no URL where URLs are read
        }
    }
}
