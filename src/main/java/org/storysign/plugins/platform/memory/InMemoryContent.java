package org.storysign.plugins.platform.memory;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.platform.ContentDraft;
import org.storysign.plugins.platform.ContentItem;
import org.storysign.plugins.platform.ContentLibrary;
import org.storysign.plugins.platform.ServicePage;

/** Content in a list. Safe for concurrent use. */
public final class InMemoryContent implements ContentLibrary {

    private final Clock clock;
    private final List<Kept> items = new ArrayList<>();

    public InMemoryContent(Clock clock) {
        this.clock = clock;
    }

    private record Kept(TenantId tenant, ContentItem item) {
        boolean isFor(Reader reader) {
            return tenant.equals(reader.tenant())
                    && (item.user().isEmpty() || item.user().equals(reader.user()));
        }
    }

    /** What the product brings. */
    public synchronized void put(TenantId tenant, String id, ContentDraft draft) {
        items.removeIf(kept -> kept.tenant.equals(tenant) && kept.item.id().equals(id));
        items.add(new Kept(tenant, new ContentItem(nextNumber(), id, draft, Optional.empty(), 1, clock.instant())));
    }

    @Override
    public synchronized Optional<ContentItem> find(Reader reader, String id, Duration timeout) {
        return visible(reader, Optional.empty())
                .filter(item -> item.id().equals(id))
                .findFirst();
    }

    @Override
    public synchronized List<ContentItem> list(
            Reader reader, Optional<String> kind, ServicePage page, Duration timeout) {
        long before = page.cursor().orElse(Long.MAX_VALUE);
        return visible(reader, kind)
                .filter(item -> item.number() < before)
                .limit(page.limit())
                .map(InMemoryContent::excerpt)
                .toList();
    }

    @Override
    public synchronized List<ContentItem> search(Reader reader, Search search, ServicePage page, Duration timeout) {
        String[] wanted = search.words().toLowerCase(Locale.ROOT).strip().split("\\s+", -1);
        return visible(reader, search.kind())
                .filter(item ->
                        search.language().map(item.draft().language()::equals).orElse(true))
                .filter(item -> Arrays.stream(wanted).allMatch(word -> fits(item, word)))
                .sorted(Comparator.comparingLong((ContentItem item) -> -inTitle(item, wanted)))
                .skip(page.cursor().orElse(0L))
                .limit(page.limit())
                .map(InMemoryContent::excerpt)
                .toList();
    }

    @Override
    public synchronized boolean create(NewContent content, int most, Duration timeout) {
        long made = items.stream()
                .filter(kept -> kept.tenant.equals(content.tenant()))
                .filter(kept -> kept.item.plugin().equals(Optional.of(content.plugin())))
                .count();
        if (made >= most) {
            return false;
        }
        items.add(new Kept(
                content.tenant(),
                new ContentItem(
                        nextNumber(),
                        content.id(),
                        content.draft(),
                        Optional.of(content.plugin()),
                        1,
                        clock.instant())));
        return true;
    }

    private Stream<ContentItem> visible(Reader reader, Optional<String> kind) {
        return items.reversed().stream()
                .filter(kept -> kept.isFor(reader))
                .map(Kept::item)
                .filter(item -> kind.map(item.draft().kind()::equals).orElse(true));
    }

    private static boolean fits(ContentItem item, String word) {
        boolean without = word.startsWith("-");
        String plain = without ? word.substring(1) : word;
        boolean there = words(item.draft().title()).contains(plain)
                || words(item.draft().text()).contains(plain);
        return there != without;
    }

    private static long inTitle(ContentItem item, String[] wanted) {
        Set<String> title = words(item.draft().title());
        return Arrays.stream(wanted).filter(title::contains).count();
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1))
                .collect(Collectors.toSet());
    }

    private static ContentItem excerpt(ContentItem item) {
        ContentDraft whole = item.draft();
        int characters = whole.text().codePointCount(0, whole.text().length());
        String text = characters <= EXCERPT
                ? whole.text()
                : whole.text().substring(0, whole.text().offsetByCodePoints(0, EXCERPT));
        ContentDraft draft = new ContentDraft(whole.user(), whole.kind(), whole.language(), whole.title(), text);
        return new ContentItem(item.number(), item.id(), draft, item.plugin(), item.revision(), item.createdAt());
    }

    private long nextNumber() {
        return items.isEmpty() ? 1 : items.getLast().item.number() + 1;
    }
}
