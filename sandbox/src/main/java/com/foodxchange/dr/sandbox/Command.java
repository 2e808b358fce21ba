package com.foodxchange.dr.sandbox;

/** What the server does on a command. */
interface Command {
    /** Puts the fields of the answer, without {@code ok}, into {@code reply}; every failure is a {@link CommandException}. */
    void run(Request request, Writer reply);
}
