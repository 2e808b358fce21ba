package com.foodxchange.dr.cli.output;

import java.util.regex.Pattern;

/** Takes passwords out of text before anybody sees it. */
public final class Redaction {
    /** Up to the last {@code @} of the word: a password that should have been escaped and was not may hold one itself. */
    private static final Pattern USER_INFO = Pattern.compile("(?i)(mongodb(?:\\+srv)?://[^:/@\\s]*):\\S*@");

    private static final Pattern SECRET_OPTION =
            Pattern.compile("(?i)([?&;](?:\\w*password|authMechanismProperties)=)[^&;\\s'\"]*");

    private Redaction() {}

    /** The text with the passwords of MongoDB URIs replaced by three asterisks. */
    public static String redact(String text) {
        if (!text.contains("://")) {
            return text;
        }
        String withoutUser = USER_INFO.matcher(text).replaceAll("$1:***@");
        return SECRET_OPTION.matcher(withoutUser).replaceAll("$1***");
    }
}
