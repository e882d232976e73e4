package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.ContentLibrary.NewContent;
import org.storysign.plugins.platform.ContentLibrary.Reader;
import org.storysign.plugins.platform.ContentLibrary.Search;

/** What every {@link ContentLibrary} does. Each test begins with tenants that have no content. */
public abstract class ContentLibraryContract {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final PluginId NOTES = new PluginId("notes");
    private static final Optional<UserId> ANNA = Optional.of(new UserId("anna"));
    private static final Optional<UserId> BEN = Optional.of(new UserId("ben"));

    protected abstract ContentLibrary library();

    protected abstract TenantId tenant();

    protected abstract TenantId otherTenant();

    /** As the product does. */
    protected abstract void put(TenantId tenant, String id, ContentDraft draft);

    @Test
    void an_item_of_a_plugin_is_found_as_it_was_made() {
        create("c-1", draft(ANNA, "story", "The fox", "A fox runs."));

        ContentItem found = library().find(anna(), "c-1", SOON).orElseThrow();

        assertThat(found.draft()).isEqualTo(draft(ANNA, "story", "The fox", "A fox runs."));
        assertThat(found.plugin()).contains(NOTES);
        assertThat(found.revision()).isEqualTo(1);
    }

    @Test
    void a_user_sees_what_is_theirs_and_what_all_share_and_nobody_else_does() {
        put(tenant(), "shared", draft(Optional.empty(), "lesson", "Hands", "How to hold them"));
        create("annas", draft(ANNA, "story", "Mine", "By Anna"));
        create("bens", draft(BEN, "story", "His", "By Ben"));

        assertThat(ids(list(anna(), Optional.empty(), page(10)))).containsExactly("annas", "shared");
        assertThat(ids(list(new Reader(tenant(), NOTES, Optional.empty()), Optional.empty(), page(10))))
                .containsExactly("shared");
        assertThat(list(new Reader(otherTenant(), NOTES, ANNA), Optional.empty(), page(10)))
                .isEmpty();
        assertThat(library().find(anna(), "bens", SOON)).isEmpty();
        assertThat(library().find(new Reader(otherTenant(), NOTES, ANNA), "annas", SOON))
                .isEmpty();
        assertThat(ids(search("by", page(10)))).containsExactly("annas");
    }

    @Test
    void lists_go_from_the_newest_to_the_oldest_by_pages_and_kind() {
        for (String id : List.of("a", "b", "c", "d")) {
            create(id, draft(ANNA, id.equals("b") ? "lesson" : "story", "T", "text"));
        }

        List<ContentItem> first = list(anna(), Optional.of("story"), page(2));
        List<ContentItem> second = list(
                anna(),
                Optional.of("story"),
                new ServicePage(Optional.of(first.getLast().number()), 2));

        assertThat(ids(first)).containsExactly("d", "c");
        assertThat(ids(second)).containsExactly("a");
        assertThat(ids(list(anna(), Optional.of("lesson"), page(2)))).containsExactly("b");
    }

    @Test
    void lists_and_searches_show_the_first_characters_of_a_text_only() {
        create("long", draft(ANNA, "story", "T", "😀".repeat(201) + " end"));

        assertThat(list(anna(), Optional.empty(), page(1)).getFirst().draft().text())
                .isEqualTo("😀".repeat(200));
        assertThat(search("end", page(1)).getFirst().draft().text()).isEqualTo("😀".repeat(200));
        assertThat(library().find(anna(), "long", SOON).orElseThrow().draft().text())
                .endsWith(" end");
    }

    @Test
    void a_search_finds_what_has_all_words_in_any_case_and_titles_first() {
        create("both", draft(ANNA, "story", "Winter", "The Fox sleeps in the snow"));
        create("title", draft(ANNA, "story", "The fox in snow", "Nothing more"));
        create("one", draft(ANNA, "story", "Snow", "No animals"));

        assertThat(ids(search("FOX snow", page(10)))).containsExactly("title", "both");
        assertThat(ids(search("snow -fox", page(10)))).containsExactly("one");
        assertThat(search("wolf", page(10))).isEmpty();
    }

    @Test
    void results_come_in_pages_without_gap_or_repetition() {
        for (int index = 0; index < 5; index++) {
            create("i" + index, draft(ANNA, "story", "Fox", "text"));
        }

        assertThat(ids(search("fox", page(2)))).containsExactly("i4", "i3");
        assertThat(ids(search("fox", new ServicePage(Optional.of(2L), 2)))).containsExactly("i2", "i1");
        assertThat(ids(search("fox", new ServicePage(Optional.of(4L), 2)))).containsExactly("i0");
    }

    @Test
    void words_that_look_like_operators_are_harmless() {
        create("a", draft(ANNA, "story", "Fox", "text"));

        for (String words : List.of("&", "!", "x' UNION SELECT --", "\"", "():*", "<->", "\\", "   ")) {
            assertThat(search(words, page(10))).as(words).isEmpty();
        }
    }

    @Test
    void a_plugin_makes_as_many_items_as_it_may_and_no_more() {
        assertThat(create("a", draft(ANNA, "story", "T", "x"), 2)).isTrue();
        assertThat(create("b", draft(BEN, "story", "T", "x"), 2)).isTrue();

        assertThat(create("c", draft(ANNA, "story", "T", "x"), 2)).isFalse();
        assertThat(library().find(anna(), "c", SOON)).isEmpty();
        assertThat(library()
                        .create(
                                new NewContent(tenant(), new PluginId("other"), "d", draft(ANNA, "story", "T", "x")),
                                2,
                                SOON))
                .as("another plugin's own share")
                .isTrue();
    }

    private Reader anna() {
        return new Reader(tenant(), NOTES, ANNA);
    }

    private void create(String id, ContentDraft draft) {
        assertThat(create(id, draft, 100)).isTrue();
    }

    private boolean create(String id, ContentDraft draft, int most) {
        return library().create(new NewContent(tenant(), NOTES, id, draft), most, SOON);
    }

    private List<ContentItem> list(Reader reader, Optional<String> kind, ServicePage page) {
        return library().list(reader, kind, page, SOON);
    }

    private List<ContentItem> search(String words, ServicePage page) {
        return library().search(anna(), new Search(words, Optional.empty(), Optional.empty()), page, SOON);
    }

    private static ServicePage page(int limit) {
        return new ServicePage(Optional.empty(), limit);
    }

    private static ContentDraft draft(Optional<UserId> user, String kind, String title, String text) {
        return new ContentDraft(user, kind, "", title, text);
    }

    private static List<String> ids(List<ContentItem> items) {
        return items.stream().map(ContentItem::id).toList();
    }
}
