package com.foodxchange.dr.cli.output;

/** What a piece of text means, shown by colour where there is colour. */
public enum Style {
    PLAIN(""),
    STRONG("1"),
    FAINT("2"),
    GOOD("32"),
    WARNING("33"),
    BAD("1;31");

    final String code;

    Style(String code) {
        this.code = code;
    }
}
