package com.foodxchange.dr.repository;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The text of a tree. Members have the order of restic's {@code Node} and nothing that differs from run to run is
 * written, so that a folder that did not change is the same blob again.
 */
final class TreeCodec {
    /** The order that lookups in trees rely on: by the bytes of the names. */
    static final Comparator<TreeNode> BY_NAME =
            Comparator.comparing(node -> node.name().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private static final long FOLDER_MODE = 1L << 31 | 0700;
    private static final long FILE_MODE = 0600;

    private TreeCodec() {}

    /** The text of a tree with these files and folders. */
    static byte[] write(List<TreeNode> nodes) {
        return JsonWriter.write(json -> {
            json.beginObject().name("nodes").beginArray();
            nodes.stream().sorted(BY_NAME).forEach(node -> writeNode(node, json));
            json.endArray().endObject().newLine();
        });
    }

    private static void writeNode(TreeNode node, JsonWriter json) {
        Instant time = Objects.requireNonNull(node.mtime());
        json.beginObject().name("name").value(GoQuote.quote(node.name()));
        json.name("type").value(node.type());
        json.name("mode").value(node.subtree() == null ? FILE_MODE : FOLDER_MODE);
        json.name("mtime").value(time).name("atime").value(time).name("ctime").value(time);
        json.name("uid").value(0).name("gid").value(0);
        if (node.size() > 0) {
            json.name("size").value(node.size());
        }
        json.name("content");
        BlobIdList content = node.content();
        if (content == null) {
            json.nullValue();
        } else {
            json.beginArray();
            for (int i = 0; i < content.size(); i++) {
                json.value(content.get(i));
            }
            json.endArray();
        }
        if (node.subtree() != null) {
            json.name("subtree").value(node.subtree());
        }
        json.endObject();
    }

    /** The entries in the order of the text. Names are safe to use in paths and unique. */
    static List<TreeNode> read(byte[] text) throws FormatException {
        List<TreeNode> nodes = new ArrayList<>();
        JsonReader.parse(
                text,
                json -> json.object(member -> {
                    if (member.equals("nodes")) {
                        json.array(element -> nodes.add(readNode(json)));
                    } else {
                        json.skip();
                    }
                }));
        Set<String> names = new HashSet<>();
        for (TreeNode node : nodes) {
            if (!names.add(node.name())) {
                throw new FormatException("two entries named " + node.name());
            }
        }
        return nodes;
    }

    private static TreeNode readNode(JsonReader json) throws FormatException {
        Fields node = new Fields();
        json.object(member -> {
            switch (member) {
                case "name" -> node.name = GoQuote.unquote(json.string());
                case "type" -> node.type = json.string();
                case "mtime" -> node.mtime = GoTime.parse(json.string());
                case "size" -> node.size = json.number(Long.MAX_VALUE);
                case "content" -> node.content = readContent(json);
                case "subtree" -> node.subtree = json.id();
                default -> json.skip();
            }
        });
        return node.checked();
    }

    private static BlobIdList readContent(JsonReader json) throws FormatException {
        BlobIdList content = new BlobIdList();
        json.array(element -> content.add(json.id()));
        return content;
    }

    /** A node as far as it has been read. */
    private static final class Fields {
        String name = "";
        String type = "";

        @Nullable
        Instant mtime;

        long size;

        @Nullable
        BlobIdList content;

        @Nullable
        BlobId subtree;

        TreeNode checked() throws FormatException {
            if (name.isEmpty()
                    || name.equals(".")
                    || name.equals("..")
                    || name.indexOf('/') >= 0
                    || name.indexOf(0) >= 0) {
                throw new FormatException("an entry named \"" + name + "\", which no file can be");
            }
            if (type.equals(TreeNode.FILE) && content == null) {
                throw new FormatException("the file " + name + " has no content");
            }
            if (type.equals(TreeNode.FOLDER) && subtree == null) {
                throw new FormatException("the folder " + name + " has no tree");
            }
            return new TreeNode(name, type, mtime, size, content, subtree);
        }
    }
}
