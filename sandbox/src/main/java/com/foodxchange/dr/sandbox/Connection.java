package com.foodxchange.dr.sandbox;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One client: reads messages and answers them in turn. Format: the manual's page on the wire protocol; OP_MSG, and OP_QUERY
 * for the first handshake of drivers.
 */
final class Connection implements Runnable {
    private static final int OP_REPLY = 1;
    private static final int OP_QUERY = 2004;
    private static final int OP_MSG = 2013;
    private static final int HEADER = 16;
    private static final int MAX_MESSAGE = 48_000_000 + 16 * 1024;
    private static final int CHECKSUM_PRESENT = 1;
    private static final int MORE_TO_COME = 2;
    private static final int KEPT_BUFFER = 1 << 20;

    private final Socket socket;
    private final Dispatcher dispatcher;
    private Writer reply = new Writer(4096);
    private int lastId;

    Connection(Socket socket, Dispatcher dispatcher) {
        this.socket = socket;
        this.dispatcher = dispatcher;
    }

    @Override
    public void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
            OutputStream out = socket.getOutputStream();
            while (answer(in, out)) {
                if (reply.array().length > KEPT_BUFFER) {
                    reply = new Writer(4096);
                }
            }
        } catch (IOException e) {
            // the client is gone, or the connection was cut on purpose: nobody is left to tell
        }
    }

    private boolean answer(DataInputStream in, OutputStream out) throws IOException {
        byte[] header = new byte[HEADER];
        try {
            in.readFully(header);
        } catch (EOFException e) {
            return false;
        }
        int length = (int) Value.INTS.get(header, 0);
        if (length < HEADER + 5 || length > MAX_MESSAGE) {
            return false;
        }
        byte[] message = new byte[length - HEADER];
        in.readFully(message);
        int requestId = (int) Value.INTS.get(header, 4);
        try {
            return switch ((int) Value.INTS.get(header, 12)) {
                case OP_MSG -> message(requestId, message, out);
                case OP_QUERY -> query(requestId, message, out);
                default -> false;
            };
        } catch (CommandException e) {
            // a message that cannot be read: as the server does, end the conversation
            return false;
        }
    }

    private boolean message(int requestId, byte[] message, OutputStream out) throws IOException {
        int flags = (int) Value.INTS.get(message, 0);
        int end = message.length - ((flags & CHECKSUM_PRESENT) == 0 ? 0 : 4);
        Request request = sections(message, end, (flags & MORE_TO_COME) == 0);
        start(requestId, OP_MSG);
        reply.int32(0).raw((byte) 0);
        dispatcher.run(request, reply);
        if (request.acknowledged()) {
            send(out);
        }
        return true;
    }

    private static Request sections(byte[] message, int end, boolean acknowledged) {
        Value body = null;
        Map<String, List<Value>> sequences = new HashMap<>();
        int at = 4;
        while (at < end) {
            int kind = message[at++];
            int size = at + 4 > end ? -1 : (int) Value.INTS.get(message, at);
            if (size < 5 || size > end - at || (kind != 0 && kind != 1)) {
                throw CommandException.failedToParse("a message section of kind " + kind + " and size " + size);
            }
            if (kind == 0) {
                body = new Value(Value.DOCUMENT, message, at, size);
            } else {
                sequence(message, at + 4, at + size, sequences);
            }
            at += size;
        }
        if (body == null) {
            throw CommandException.failedToParse("a message without a body");
        }
        return new Request(body, sequences, acknowledged);
    }

    private static void sequence(byte[] message, int from, int end, Map<String, List<Value>> sequences) {
        int zero = from;
        while (zero < end && message[zero] != 0) {
            zero++;
        }
        String name = new String(message, from, zero - from, java.nio.charset.StandardCharsets.UTF_8);
        List<Value> documents = new ArrayList<>();
        for (int at = zero + 1; at < end; ) {
            int size = at + 4 > end ? -1 : (int) Value.INTS.get(message, at);
            if (size < 5 || size > end - at) {
                throw CommandException.failedToParse("a document of length " + size + " in a sequence");
            }
            documents.add(new Value(Value.DOCUMENT, message, at, size));
            at += size;
        }
        sequences.put(name, documents);
    }

    private boolean query(int requestId, byte[] message, OutputStream out) throws IOException {
        int at = 4;
        while (message[at] != 0) {
            at++;
        }
        String collection = new String(message, 4, at - 4, java.nio.charset.StandardCharsets.UTF_8);
        at += 9;
        Value body = new Value(Value.DOCUMENT, message, at, (int) Value.INTS.get(message, at));
        start(requestId, OP_REPLY);
        reply.int32(0).int64(0).int32(0).int32(1);
        String database = collection.substring(0, Math.max(0, collection.indexOf('.')));
        Value command = Writer.document().putAll(body).put("$db", database).finish();
        dispatcher.run(new Request(command, Map.of(), true), reply);
        send(out);
        return true;
    }

    private void start(int requestId, int opCode) {
        reply.clear();
        reply.int32(0).int32(++lastId).int32(requestId).int32(opCode);
    }

    private void send(OutputStream out) throws IOException {
        reply.setInt32(0, reply.length());
        out.write(reply.array(), 0, reply.length());
        out.flush();
    }
}
