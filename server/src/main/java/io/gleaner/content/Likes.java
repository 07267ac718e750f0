package io.gleaner.content;

/** Areas of one shape side by side: rows, posts, tiles. */
final class Likes {

    int units;
    int chars;
    int linkChars;
    int words;
    int longChars;
    int images;

    void add(Area unit) {
        chars += unit.chars;
        linkChars += unit.linkChars;
        words += unit.words;
        longChars += unit.longChars;
        images += unit.images;
    }

    double wordsOfOne() {
        return (double) words / Math.max(1, units);
    }

    double linkShare() {
        return (double) linkChars / Math.max(1, chars);
    }
}
