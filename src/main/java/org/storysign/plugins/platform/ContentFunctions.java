package org.storysign.plugins.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * {@code content_list}, {@code content_search} and {@code content_create}: what all of the tenant's users share, and what belongs to
 * the user of the call. Another user may be named in {@code user_id} where {@link CallUser} allows it.
 */
public final class ContentFunctions {

    /** Longest search, in characters. */
    static final int LONGEST_QUERY = 500;

    /** How far into the results of a search a guest may look. */
    static final int DEEPEST_RESULT = 1_000;

    private static final int LONGEST_ID = 200;

    private final ContentLibrary library;

    public ContentFunctions(ContentLibrary library) {
        this.library = library;
    }

    /** To be registered with the {@link PlatformGate}. */
    public List<PlatformFunction> all() {
        return List.of(
                new PlatformFunction(
                        "content_list",
                        PlatformService.CONTENT,
                        Set.of(PermissionName.READ_USER_DATA),
                        Set.of(CallUser.MEMBER, "id", "kind", "cursor", "limit"),
                        this::list),
                new PlatformFunction(
                        "content_search",
                        PlatformService.CONTENT,
                        Set.of(PermissionName.READ_USER_DATA),
                        Set.of(CallUser.MEMBER, "query", "kind", "language", "cursor", "limit"),
                        this::search),
                new PlatformFunction(
                        "content_create",
                        PlatformService.CONTENT,
                        Set.of(PermissionName.WRITE_USER_DATA),
                        Set.of(CallUser.MEMBER, "kind", "language", "title", "text"),
                        this::create));
    }

    /**
     * {@code {"kind"?, "cursor"?, "limit"?, "user_id"?}} → {@code {"items": [{"id", "kind", "language", "title", "excerpt",
     * "user_id", "plugin_id", "revision", "created_at"}], "cursor"}}, the newest first, 1 to 100 a page, 20 when it is not said; the
     * cursor is null at the end. {@code {"id"}} → that item with its whole {@code text} in place of the excerpt, or no item.
     */
    private JsonNode list(PlatformCall call, JsonFields input) {
        Optional<String> kind = ContentDraft.kind(input);
        Optional<String> id = text(input, "id", LONGEST_ID);
        ServicePage page = ServicePage.read(input);
        ContentLibrary.Reader reader = reader(call, input);
        if (id.isPresent()) {
            List<ContentItem> found = call.waiting(() ->
                    library.find(reader, id.get(), call.timeLeft()).stream().toList());
            return page.answer("items", found, item -> view(item, "text"), ContentItem::number)
                    .putNull("cursor");
        }
        List<ContentItem> found = call.waiting(() -> library.list(reader, kind, page, call.timeLeft()));
        return page.answer("items", found, item -> view(item, "excerpt"), ContentItem::number);
    }

    /**
     * {@code {"query", "kind"?, "language"?, "cursor"?, "limit"?, "user_id"?}} → as {@code content_list}, what fits best first. The
     * query is what people type into a search box, 1 to 500 characters: every word must be there, {@code "a phrase"}, {@code or},
     * {@code -without}. With a language its words are found in other forms too, in content of that language only.
     */
    private JsonNode search(PlatformCall call, JsonFields input) {
        input.require("query");
        Optional<String> query = text(input, "query", LONGEST_QUERY);
        Optional<String> kind = ContentDraft.kind(input);
        Optional<String> language = ContentDraft.language(input);
        ServicePage page = ServicePage.read(input);
        page.cursor()
                .filter(seen -> seen > DEEPEST_RESULT)
                .ifPresent(seen -> input.report("cursor", "leads beyond the first " + DEEPEST_RESULT + " results"));
        ContentLibrary.Reader reader = reader(call, input);
        ContentLibrary.Search search = new ContentLibrary.Search(query.orElse(""), kind, language);
        List<ContentItem> found = call.waiting(() -> library.search(reader, search, page, call.timeLeft()));
        long seen = page.cursor().orElse(0L) + found.size();
        return page.answer("items", found, item -> view(item, "excerpt"), item -> seen);
    }

    /**
     * {@code {"kind", "title", "text", "language"?, "user_id"?}} → {@code {"id", "revision"}}: a new item of the user's. Limits as
     * {@link ContentDraft} says; {@code data-quota-exceeded} when the plugin has made as many items as it may have keys.
     */
    private JsonNode create(PlatformCall call, JsonFields input) {
        UserId user = CallUser.of(call, input);
        Optional<ContentDraft> draft = ContentDraft.read(input, Optional.of(user));
        input.refuse(ProblemCode.DATA_INVALID, "the input");
        int most = call.terms().data().keys();
        ContentLibrary.NewContent content = new ContentLibrary.NewContent(
                call.context().tenant(), call.context().plugin(), "c-" + UUID.randomUUID(), draft.orElseThrow());
        if (!call.waiting(() -> library.create(content, most, call.timeLeft()))) {
            throw new ProblemException(
                    ProblemCode.DATA_QUOTA_EXCEEDED, "the plugin may make at most " + most + " items of content");
        }
        return GuestJson.NODES.objectNode().put("id", content.id()).put("revision", 1);
    }

    private static ContentLibrary.Reader reader(PlatformCall call, JsonFields input) {
        return new ContentLibrary.Reader(
                call.context().tenant(), call.context().plugin(), CallUser.optional(call, input));
    }

    private static Optional<String> text(JsonFields input, String name, int longest) {
        return input.parsed(
                name,
                text -> text.isBlank() || text.length() > longest ? Optional.empty() : Optional.of(text),
                "1 to " + longest + " characters");
    }

    private static ObjectNode view(ContentItem item, String textName) {
        return GuestJson.NODES
                .objectNode()
                .put("id", item.id())
                .put("kind", item.draft().kind())
                .put("language", item.draft().language())
                .put("title", item.draft().title())
                .put(textName, item.draft().text())
                .put(CallUser.MEMBER, item.user().map(UserId::value).orElse(null))
                .put("plugin_id", item.plugin().map(Object::toString).orElse(null))
                .put("revision", item.revision())
                .put("created_at", item.createdAt().toString());
    }
}
