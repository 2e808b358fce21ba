package com.foodxchange.dr.sandbox;

/** Reading through views. */
final class Views {
    private Views() {}

    static Documents find(Server server, Namespace view, Request request) {
        throw CommandException.notSupported("views " + server + view + request.command());
    }
}
