package com.foodxchange.dr.mongo.deployment;

import com.foodxchange.dr.mongo.bson.Bytes;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bson.BsonDocument;
import org.bson.ByteBuf;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** A server that answers every command with the same document: what a mongos or an arbiter says of itself. */
final class HelloServer implements AutoCloseable {
    private static final int OP_REPLY = 1;
    private static final int OP_QUERY = 2004;
    private static final int OP_MSG = 2013;

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final byte[] answer;

    HelloServer(String answer) throws IOException {
        RawBsonDocument raw = new RawBsonDocument(
                BsonDocument.parse(answer.replace("PORT", "" + listening.getLocalPort())), new BsonDocumentCodec());
        ByteBuf bytes = raw.getByteBuffer();
        this.answer = new byte[bytes.remaining()];
        bytes.get(this.answer);
        Thread.ofVirtual().start(this::accept);
    }

    String uri(String options) {
        return "mongodb://127.0.0.1:" + listening.getLocalPort() + "/?serverSelectionTimeoutMS=500" + options;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket;
                DataInputStream in = new DataInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream()) {
            byte[] header = new byte[16];
            while (true) {
                in.readFully(header);
                in.readNBytes(Bytes.int32(header, 0) - header.length);
                out.write(reply(Bytes.int32(header, 4), Bytes.int32(header, 12) == OP_QUERY));
                out.flush();
            }
        } catch (IOException e) {
            // the client went away
        }
    }

    private byte[] reply(int requestId, boolean old) {
        int length = 16 + (old ? 20 : 5) + answer.length;
        ByteBuffer reply = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        reply.putInt(length).putInt(0).putInt(requestId).putInt(old ? OP_REPLY : OP_MSG);
        if (old) {
            reply.putInt(8).putLong(0).putInt(0).putInt(1);
        } else {
            reply.putInt(0).put((byte) 0);
        }
        return reply.put(answer).array();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
