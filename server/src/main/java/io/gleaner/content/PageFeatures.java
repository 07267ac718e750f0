package io.gleaner.content;

/** What is known of a page as a whole. */
final class PageFeatures {

    private PageFeatures() {}

    static void add(Survey page, Row row) {
        int count = Math.max(1, page.blocks.size());
        double all = Math.max(1, page.chars);
        row.add("page chars", page.chars);
        row.add("page blocks", page.blocks.size());
        row.add("page link share", page.linkChars / all);
        row.add("page long share", page.longChars / all);
        row.add("page long blocks", page.longBlocks);
        row.add("page headings", (double) page.headings / count);
        row.add("page sentences", 100.0 * page.sentences / all);
        row.add("page articles", page.articles);
        row.add("page mains", page.mains);
        row.add("page controls", page.controls);
        row.add("page images", page.images);
        row.add("page cells", (double) page.cells / count);
        row.add("page items", (double) page.items / count);
        row.add("page quotes", page.quotes);
        row.add("page dates", page.dated);
        row.add("page prices", page.priced);
        row.add("page repeated", page.repeated);
        row.add("page title at", page.title < 0 ? -1 : page.charsBefore[page.title] / all);
        Likes group = page.most == null ? new Likes() : page.most;
        row.add("group share", group.chars / all);
        row.add("group units", group.units);
        row.add("group words", group.wordsOfOne());
        row.add("group link share", group.linkShare());
        row.add("group long share", (double) group.longChars / Math.max(1, group.chars));
        row.add("group images", (double) group.images / Math.max(1, group.units));
        row.add(
                "og type",
                switch (page.facts.ogType()) {
                    case "" -> 0;
                    case "article", "blog", "news" -> 1;
                    case "website" -> 2;
                    case "product", "og:product", "product.item", "product.group" -> 3;
                    default -> 4;
                });
        row.flag(
                "has article",
                has(
                        page,
                        "article",
                        "newsarticle",
                        "blogposting",
                        "report",
                        "techarticle",
                        "scholarlyarticle"));
        row.flag("has product", has(page, "product", "productgroup", "offer"));
        row.flag(
                "has collection",
                has(page, "collectionpage", "itemlist", "searchresultspage", "offercatalog"));
        row.flag(
                "has forum",
                has(page, "discussionforumposting", "qapage", "question", "socialmediaposting"));
        row.flag("has faq", has(page, "faqpage"));
        row.flag(
                "has organization",
                has(page, "organization", "localbusiness", "corporation", "service"));
        row.flag(
                "has app",
                has(
                        page,
                        "softwareapplication",
                        "webapplication",
                        "softwaresourcecode",
                        "apireference"));
        row.flag("has recipe", has(page, "recipe", "howto"));
        row.flag("has breadcrumbs", has(page, "breadcrumblist"));
    }

    private static boolean has(Survey page, String... types) {
        for (String type : types) {
            if (page.facts.types().contains(type)) {
                return true;
            }
        }
        return false;
    }
}
