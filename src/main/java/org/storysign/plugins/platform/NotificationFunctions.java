package org.storysign.plugins.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ReadableText;

/**
 * {@code notify_send} and {@code notify_toast}: tells something to the user of the call, in the plugin's name. Another user may be
 * named in {@code user_id} where {@link CallUser} allows it.
 */
public final class NotificationFunctions {

    static final int LONGEST_TITLE = 200;
    static final int LONGEST_BODY = 2_000;
    static final int LONGEST_LINK = 2_000;

    private static final Set<PermissionName> MODIFY_UI = Set.of(PermissionName.MODIFY_UI);

    private final Notifications notifications;
    private final Toasts toasts;

    public NotificationFunctions(Notifications notifications, Toasts toasts) {
        this.notifications = notifications;
        this.toasts = toasts;
    }

    /** To be registered with the {@link PlatformGate}. */
    public List<PlatformFunction> all() {
        return List.of(
                new PlatformFunction(
                        "notify_send",
                        PlatformService.NOTIFICATIONS,
                        MODIFY_UI,
                        Set.of(CallUser.MEMBER, "title", "body", "link", "level"),
                        this::send),
                new PlatformFunction(
                        "notify_toast",
                        PlatformService.NOTIFICATIONS,
                        MODIFY_UI,
                        Set.of(CallUser.MEMBER, "text", "level"),
                        this::toast));
    }

    /**
     * {@code {"title", "body"?, "link"?, "level"?, "user_id"?}} → {@code {"id"}}. A title is one line of at most 200 readable
     * characters, a body text of at most 2,000; a link is a path of the product ({@code /stories/7}) or an https address; level is
     * info (the default), success, warning or error.
     */
    private JsonNode send(PlatformCall call, JsonFields input) {
        input.require("title");
        Optional<String> title = line(input, "title");
        Optional<String> body = input.parsed(
                "body",
                text -> ReadableText.paragraph(text, LONGEST_BODY),
                "1 to " + LONGEST_BODY + " readable characters");
        Optional<String> link = input.parsed(
                "link",
                NotificationFunctions::link,
                "a path such as /stories/7 or an https address, of at most " + LONGEST_LINK + " characters");
        NoticeLevel level = level(input);
        DataOwner to = recipient(call, input);
        Notice notice = new Notice(level, title.orElseThrow(), body.orElse(""), link.orElse(""));
        long number = call.waiting(() -> notifications.send(to, notice, call.timeLeft()));
        return GuestJson.NODES.objectNode().put("id", Long.toString(number));
    }

    /**
     * {@code {"text", "level"?, "user_id"?}} → {@code {"accepted": true}}: shown for a moment if the user looks. One line of at most 200
     * readable characters.
     */
    private JsonNode toast(PlatformCall call, JsonFields input) {
        input.require("text");
        Optional<String> text = line(input, "text");
        NoticeLevel level = level(input);
        DataOwner to = recipient(call, input);
        Notice toast = new Notice(level, text.orElseThrow(), "", "");
        call.waiting(() -> {
            toasts.show(to, toast, call.timeLeft());
            return true;
        });
        return GuestJson.NODES.objectNode().put("accepted", true);
    }

    /** Refuses what was reported so far, too. */
    private static DataOwner recipient(PlatformCall call, JsonFields input) {
        DataOwner to =
                new DataOwner(call.context().tenant(), call.context().plugin(), Optional.of(CallUser.of(call, input)));
        input.refuse(ProblemCode.DATA_INVALID, "the input");
        return to;
    }

    private static Optional<String> line(JsonFields input, String name) {
        return input.parsed(
                name,
                text -> ReadableText.line(text, LONGEST_TITLE),
                "one line of 1 to " + LONGEST_TITLE + " readable characters");
    }

    private static NoticeLevel level(JsonFields input) {
        return input.oneOf("level", NoticeLevel::parse, NoticeLevel.NAMES).orElse(NoticeLevel.INFO);
    }

    /** What a browser may follow without surprise: no other scheme, and not {@code //host}, which is an address in disguise. */
    private static Optional<String> link(String text) {
        try {
            URI uri = new URI(text);
            boolean path = !uri.isAbsolute()
                    && uri.getRawAuthority() == null
                    && text.startsWith("/")
                    && !text.startsWith("//");
            boolean address = "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null;
            return text.length() <= LONGEST_LINK && (path || address) ? Optional.of(text) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
