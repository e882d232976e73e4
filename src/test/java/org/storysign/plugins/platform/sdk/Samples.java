package org.storysign.plugins.platform.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.storysign.plugins.platform.FunctionDescription.Member;

/** Objects with every member they can have: texts that need escapes, integers beyond 32 bits, lists of two. */
record Samples(SdkPlatform platform) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long BEYOND_32_BITS = 5_000_000_017L;

    ObjectNode of(List<Member> members) {
        ObjectNode object = NODES.objectNode();
        members.forEach(member -> object.set(member.name(), value(member.name(), MemberType.parse(member.type()))));
        return object;
    }

    /** The same with null wherever an answer may have it, at every depth. */
    ObjectNode withNulls(List<Member> members) {
        ObjectNode object = of(members);
        members.stream().filter(Member::nullable).forEach(member -> object.putNull(member.name()));
        for (Member member : members) {
            if (MemberType.parse(member.type()) instanceof MemberType.ListOf(MemberType.Named(String shape))) {
                object.putArray(member.name())
                        .add(withNulls(platform.shape(shape).members()));
            }
        }
        return object;
    }

    private JsonNode value(String name, MemberType type) {
        return switch (type) {
            case MemberType.Plain plain -> plain(name, plain);
            case MemberType.ListOf list -> {
                ArrayNode array = NODES.arrayNode();
                yield array.add(value(name + " 1", list.element())).add(value(name + " 2", list.element()));
            }
            case MemberType.Named named -> of(platform.shape(named.shape()).members());
        };
    }

    private static JsonNode plain(String name, MemberType.Plain type) {
        return switch (type) {
            case STRING -> TextNode.valueOf(name + " \"é\\\n🐸");
            case INTEGER -> LongNode.valueOf(BEYOND_32_BITS + name.length());
            case NUMBER -> DoubleNode.valueOf(-0.375 - name.length());
            case BOOLEAN -> BooleanNode.TRUE;
            case OBJECT ->
                NODES.objectNode()
                        .put(name, -7)
                        .set("deep", NODES.arrayNode().addNull().add("é\"\\"));
            case ANY ->
                NODES.arrayNode().add(name).addNull().add(NODES.objectNode().put("half", 0.5));
        };
    }
}
