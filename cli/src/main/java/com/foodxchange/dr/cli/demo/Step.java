package com.foodxchange.dr.cli.demo;

import java.time.Duration;

/**
 * Something that the demonstration did.
 *
 * @param name one or two words
 * @param text what happened, one line
 */
public record Step(String name, String text, Duration took) {}
