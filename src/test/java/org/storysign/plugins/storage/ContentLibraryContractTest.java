package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.platform.ContentDraft;
import org.storysign.plugins.platform.ContentItem;
import org.storysign.plugins.platform.ContentLibrary;
import org.storysign.plugins.platform.ContentLibraryContract;
import org.storysign.plugins.platform.ServicePage;
import org.storysign.plugins.platform.WriteCondition;

@ServiceTest
class ContentLibraryContractTest extends ContentLibraryContract {

    @Inject
    PostgresContentLibrary library;

    @Inject
    PostgresContentRecords records;

    private final TenantId tenant = Tenants.fresh();
    private final TenantId otherTenant = Tenants.fresh();

    @Override
    protected TenantId tenant() {
        return tenant;
    }

    @Override
    protected TenantId otherTenant() {
        return otherTenant;
    }

    @Override
    protected ContentLibrary library() {
        return library;
    }

    @Override
    protected void put(TenantId which, String id, ContentDraft draft) {
        records.put(which, id, draft, new WriteCondition.Always()).await().atMost(Duration.ofSeconds(10));
    }

    @Test
    void with_a_language_words_are_found_in_other_forms_in_content_of_that_language() {
        put(tenant, "en", new ContentDraft(Optional.empty(), "story", "en", "Foxes", "They were running"));
        put(tenant, "de", new ContentDraft(Optional.empty(), "story", "de", "Füchse", "Die Häuser run"));

        assertThat(search("fox run", Optional.of("en"))).containsExactly("en");
        assertThat(search("haus", Optional.of("de"))).containsExactly("de");
        assertThat(search("runs", Optional.empty())).isEmpty();
        assertThat(search("runs", Optional.of("en"))).containsExactly("en");
        assertThat(search("foxes", Optional.empty())).containsExactly("en");
    }

    @Test
    void a_phrase_is_found_in_its_order_only() {
        put(tenant, "a", new ContentDraft(Optional.empty(), "story", "", "T", "the red fox"));
        put(tenant, "b", new ContentDraft(Optional.empty(), "story", "", "T", "the fox is red"));

        assertThat(search("\"red fox\"", Optional.empty())).containsExactly("a");
        assertThat(search("is or nothing", Optional.empty())).containsExactly("b");
    }

    private List<String> search(String words, Optional<String> language) {
        return library
                .search(
                        new ContentLibrary.Reader(tenant, new PluginId("notes"), Optional.empty()),
                        new ContentLibrary.Search(words, Optional.empty(), language),
                        new ServicePage(Optional.empty(), 10),
                        Duration.ofSeconds(5))
                .stream()
                .map(ContentItem::id)
                .toList();
    }
}
