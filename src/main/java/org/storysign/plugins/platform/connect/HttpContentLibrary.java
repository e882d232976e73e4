package org.storysign.plugins.platform.connect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.ContentDraft;
import org.storysign.plugins.platform.ContentItem;
import org.storysign.plugins.platform.ContentLibrary;
import org.storysign.plugins.platform.ServicePage;

/**
 * The product's own content, by the contract {@code deploy/connectors/content.yaml}. An answer that holds what is another user's, or what was
 * not asked for, counts as none. Safe for concurrent use.
 */
final class HttpContentLibrary implements ContentLibrary {

    private static final Pattern LINE = Pattern.compile("[^\\x00-\\x1f\\x7f-\\x9f]+");
    private static final int LONGEST = 200;

    private final ProductService service;

    HttpContentLibrary(ProductService service) {
        this.service = service;
    }

    @Override
    public Optional<ContentItem> find(Reader reader, String id, Duration timeout) {
        if (!isLine(id)) {
            return Optional.empty();
        }
        Question question = by(reader, Question.reading("/item")).with("id", id);
        return service.ask(question, timeout, reply -> {
            if (reply.refused(404, "item-not-found")) {
                return Optional.empty();
            }
            AnswerObject answer = reply.given(200);
            ContentItem item = item(answer, reader);
            answer.require(item.id().equals(id), "id");
            return Optional.of(item);
        });
    }

    @Override
    public List<ContentItem> list(Reader reader, Optional<String> kind, ServicePage page, Duration timeout) {
        Question question = by(reader, Question.reading("/items"))
                .with("kind", kind)
                .with("cursor", page.cursor())
                .with("limit", page.limit());
        return service.ask(question, timeout, reply -> {
            List<AnswerObject> found = reply.given(200).objects("items", page.limit());
            FallingNumbers numbers = new FallingNumbers(page);
            return found.stream()
                    .map(answer -> excerpt(numbers.checked(answer), reader, kind))
                    .toList();
        });
    }

    @Override
    public List<ContentItem> search(Reader reader, Search search, ServicePage page, Duration timeout) {
        Question question = by(reader, Question.reading("/search"))
                .with("query", search.words())
                .with("kind", search.kind())
                .with("language", search.language())
                .with("skip", page.cursor())
                .with("limit", page.limit());
        return service.ask(
                question,
                timeout,
                reply -> reply.given(200).objects("items", page.limit()).stream()
                        .map(answer -> excerpt(answer, reader, search.kind()))
                        .toList());
    }

    @Override
    public boolean create(NewContent content, int most, Duration timeout) {
        ContentDraft draft = content.draft();
        ObjectNode item = JsonNodeFactory.instance
                .objectNode()
                .put("id", content.id())
                .put("kind", draft.kind())
                .put("language", draft.language())
                .put("title", draft.title())
                .put("text", draft.text())
                .put("most", most);
        Question question =
                Question.change("POST", "/items", item).by(content.tenant(), content.plugin(), draft.user());
        return service.ask(question, timeout, reply -> {
            if (reply.refused(409, "too-many-items")) {
                return false;
            }
            reply.given(201).text("id", content.id()::equals);
            return true;
        });
    }

    private static ContentItem excerpt(AnswerObject answer, Reader reader, Optional<String> kind) {
        ContentItem item = item(answer, reader);
        answer.require(length(item.draft().text()) <= EXCERPT, "text");
        answer.require(kind.map(item.draft().kind()::equals).orElse(true), "kind");
        return item;
    }

    private static ContentItem item(AnswerObject answer, Reader reader) {
        String own = reader.user().map(UserId::value).orElse("");
        ContentDraft draft = new ContentDraft(
                answer.optionalText("user_id", own::equals).map(UserId::new),
                answer.text("kind", ContentDraft::isKind),
                answer.optionalText("language", text -> text.isEmpty() || ContentDraft.isLanguage(text))
                        .orElse(""),
                answer.text("title", HttpContentLibrary::isLine),
                answer.text("text", HttpContentLibrary::fits));
        return new ContentItem(
                answer.count("number"),
                answer.text("id", HttpContentLibrary::isLine),
                draft,
                answer.optionalText("plugin_id", id -> PluginId.parse(id).isPresent())
                        .map(PluginId::new),
                answer.count("revision"),
                answer.instant("created_at"));
    }

    private static boolean isLine(String text) {
        return LINE.matcher(text).matches() && length(text) <= LONGEST;
    }

    private static boolean fits(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= ContentDraft.LARGEST_TEXT;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static Question by(Reader reader, Question question) {
        return question.by(reader.tenant(), reader.plugin(), reader.user());
    }
}
