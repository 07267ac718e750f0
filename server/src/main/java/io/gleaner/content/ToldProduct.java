package io.gleaner.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * The product that a page's structured data tells of (schema.org, JSON-LD). Shops whose pages are
 * built by scripts often say it nowhere else.
 *
 * @param name of one line
 * @param description without markup
 * @param facts lines as "Price: 9.99 EUR"
 */
record ToldProduct(String name, String description, List<String> facts) {

    private static final int JSON_CHARS_MAX = 1 << 20;
    private static final int DEPTH_MAX = 100;
    private static final int TEXT_CHARS_MAX = 20_000;
    private static final int NODES_MAX = 1_000;

    /** So much of the description must be missing. */
    private static final double MISSING_MIN = 0.5;

    private static final int TRIPLES_MIN = 4;

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEPTH_MAX)
                                                    .build())
                                    .build())
                    .build();

    ToldProduct {
        facts = List.copyOf(facts);
    }

    /** Null if the page tells of none, or of several. */
    static @Nullable ToldProduct of(List<Element> scripts) {
        var products = new ArrayList<JsonNode>();
        for (Element script : scripts) {
            products(read(script.data()), products);
        }
        return products.size() == 1 ? of(products.getFirst()) : null;
    }

    /** Broken data tells nothing. */
    private static JsonNode read(String json) {
        if (json.length() > JSON_CHARS_MAX || !json.contains("\"Product")) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(json);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    /** Those that the page is about, not those of a list in it. */
    private static void products(JsonNode top, List<JsonNode> products) {
        var open = new ArrayList<JsonNode>();
        open.add(top);
        for (int n = 0; !open.isEmpty() && n < NODES_MAX; n++) {
            JsonNode node = open.removeLast();
            if (node.isArray()) {
                node.forEach(open::add);
            } else if (isProduct(node.path("@type"))) {
                products.add(node);
            } else if (node.isObject()) {
                open.add(node.path("@graph"));
                open.add(node.path("mainEntity"));
            }
        }
    }

    private static boolean isProduct(JsonNode type) {
        if (type.isArray()) {
            for (JsonNode one : type) {
                if (isProduct(one)) {
                    return true;
                }
            }
        }
        String name = type.asString("").toLowerCase(Locale.ROOT);
        return name.equals("product")
                || name.equals("productgroup")
                || name.endsWith("schema.org/product");
    }

    private static ToldProduct of(JsonNode product) {
        var facts = new ArrayList<String>();
        JsonNode brand = product.path("brand");
        fact("Brand", text(brand.isObject() ? brand.path("name") : brand), facts);
        JsonNode offers = product.path("offers");
        JsonNode offer = offers.isArray() ? offers.path(0) : offers;
        String price = text(offer.path(offer.has("price") ? "price" : "lowPrice"));
        if (!price.isEmpty()) {
            fact("Price", (price + " " + text(offer.path("priceCurrency"))).strip(), facts);
        }
        fact("SKU", text(product.path("sku")), facts);
        return new ToldProduct(
                text(product.path("name")), text(product.path("description")), facts);
    }

    private static void fact(String name, String value, List<String> facts) {
        if (!value.isEmpty()) {
            facts.add(name + ": " + value);
        }
    }

    /** Descriptions bear markup now and then, once or twice escaped. */
    private static String text(JsonNode value) {
        String text = value.isValueNode() ? value.asString("") : "";
        if (text.length() > TEXT_CHARS_MAX) {
            text = text.substring(0, TEXT_CHARS_MAX);
        }
        if (text.indexOf('<') >= 0 || text.indexOf('&') >= 0) {
            text = Jsoup.parse(Jsoup.parse(text).wholeText()).text();
        }
        return text.strip();
    }

    /** Whether what it says is told by none of these texts. */
    boolean isMissingIn(List<String> texts) {
        var triples = new LongTable();
        WordHash.triples(description, triples::add);
        if (triples.size() < TRIPLES_MIN) {
            return false;
        }
        var found = new LongTable();
        for (String text : texts) {
            WordHash.triples(
                    text,
                    triple -> {
                        if (triples.has(triple)) {
                            found.add(triple);
                        }
                    });
        }
        return found.size() < (1 - MISSING_MIN) * triples.size();
    }

    /** Whether that text is its name, or begins with it. */
    boolean isNamedBy(String text) {
        return text.strip().regionMatches(true, 0, name, 0, name.length());
    }

    /** Heading, paragraph and list. */
    Element element(boolean isTitled) {
        var section = new Element("section");
        if (!isTitled && !name.isEmpty()) {
            section.appendElement("h1").text(name);
        }
        section.appendElement("p").text(description);
        if (!facts.isEmpty()) {
            var list = section.appendElement("ul");
            facts.forEach(fact -> list.appendElement("li").text(fact));
        }
        return section;
    }
}
