package com.foodxchange.dr.cli.output;

/**
 * What the reader's end can show.
 *
 * @param width columns of a line, at least 40
 */
public record Look(boolean colour, boolean unicode, int width) {
    /** For files, pipes and unknown terminals. */
    public static final Look PLAIN = new Look(false, false, 100);

    public Look {
        width = Math.max(40, width);
    }

    public String paint(Style style, String text) {
        return colour && style != Style.PLAIN ? "\033[" + style.code + "m" + text + "\033[0m" : text;
    }

    /** The first where the reader's end can show it, else the second. */
    public String glyph(String fancy, String ascii) {
        return unicode ? fancy : ascii;
    }

    public String ellipsis() {
        return glyph("…", "...");
    }

    public String rule(int length) {
        return glyph("─", "-").repeat(length);
    }
}
