package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.platform.FileStore.FileRange;
import org.storysign.plugins.sandbox.FileChange;
import org.storysign.plugins.sandbox.FileChange.Create.IfThere;
import org.storysign.plugins.sandbox.FileEntry;
import org.storysign.plugins.sandbox.FilePath;
import org.storysign.plugins.sandbox.FileRefused;
import org.storysign.plugins.sandbox.FileRefused.Fault;

/** What every {@link FileStore} does. Each test begins with two tenants that keep nothing. */
public abstract class FileStoreContract {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final DataLimits AMPLE = new DataLimits(MemorySize.ofMiB(10), 1_000);

    protected abstract FileStore store();

    protected abstract TenantId tenant();

    protected abstract TenantId otherTenant();

    @Test
    void a_directory_is_there_and_empty_from_the_beginning() {
        FileEntry root = find("").orElseThrow();

        assertThat(root.directory()).isTrue();
        assertThat(root.size()).isZero();
        assertThat(list("")).isEmpty();
    }

    @Test
    void what_is_written_is_read_and_found() {
        create("a.txt");
        assertThat(write("a.txt", 0, "hello")).isEqualTo(5);

        assertThat(read("a.txt")).isEqualTo("hello");
        assertThat(find("a.txt")).hasValueSatisfying(entry -> {
            assertThat(entry.name()).isEqualTo("a.txt");
            assertThat(entry.size()).isEqualTo(5);
            assertThat(entry.directory()).isFalse();
        });
    }

    @Test
    void bytes_are_put_in_the_middle_over_the_end_and_beyond_it() {
        create("a");
        write("a", 0, "hello");

        assertThat(write("a", 1, "EL")).isEqualTo(5);
        assertThat(read("a")).isEqualTo("hELlo");
        assertThat(write("a", 4, "OO")).isEqualTo(6);
        assertThat(read("a")).isEqualTo("hELlOO");
        assertThat(write("a", 8, "!")).isEqualTo(9);
        assertThat(read("a")).isEqualTo("hELlOO\0\0!");
        assertThat(change("a", new FileChange.Append(bytes("?")))).isEqualTo(10);
        assertThat(change("a", new FileChange.Resize(3))).isEqualTo(3);
        assertThat(read("a")).isEqualTo("hEL");
        assertThat(change("a", new FileChange.Resize(5))).isEqualTo(5);
        assertThat(read("a")).isEqualTo("hEL\0\0");
    }

    @Test
    void a_range_is_read_and_nothing_beyond_the_end() {
        create("a");
        write("a", 0, "0123456789");

        assertThat(new String(store().read(me(), "a", new FileRange(3, 4), SOON), StandardCharsets.UTF_8))
                .isEqualTo("3456");
        assertThat(store().read(me(), "a", new FileRange(8, 100), SOON)).hasSize(2);
        assertThat(store().read(me(), "a", new FileRange(10, 1), SOON)).isEmpty();
        assertThat(store().read(me(), "a", new FileRange(Long.MAX_VALUE, 1), SOON))
                .isEmpty();
    }

    @Test
    void creating_keeps_empties_or_refuses_what_is_there() {
        create("a");
        write("a", 0, "hello");

        assertThat(change("a", new FileChange.Create(IfThere.KEEP))).isEqualTo(5);
        assertThat(read("a")).isEqualTo("hello");
        assertThat(fault("a", new FileChange.Create(IfThere.REFUSE))).isEqualTo(Fault.EXISTS);
        assertThat(change("a", new FileChange.Create(IfThere.EMPTY))).isZero();
        assertThat(read("a")).isEmpty();
    }

    @Test
    void directories_hold_what_is_made_in_them_by_name() {
        change("d", new FileChange.MakeDirectory());
        change("d/e", new FileChange.MakeDirectory());
        create("d/b");
        create("d/a");
        create("dx");

        assertThat(list("")).extracting(FileEntry::name).containsExactly("d", "dx");
        assertThat(list("d")).extracting(FileEntry::name).containsExactly("a", "b", "e");
        assertThat(list("d")).extracting(FileEntry::directory).containsExactly(false, false, true);
        assertThat(list("d/e")).isEmpty();
    }

    @Test
    void what_is_not_there_or_of_the_other_kind_is_told() {
        create("f");
        change("d", new FileChange.MakeDirectory());

        assertThat(fault("x", new FileChange.Write(0, bytes("1")))).isEqualTo(Fault.NOT_FOUND);
        assertThat(fault("d", new FileChange.Write(0, bytes("1")))).isEqualTo(Fault.IS_DIRECTORY);
        assertThat(fault("d", new FileChange.Create(IfThere.KEEP))).isEqualTo(Fault.IS_DIRECTORY);
        assertThat(fault("x/a", new FileChange.Create(IfThere.KEEP))).isEqualTo(Fault.NOT_FOUND);
        assertThat(fault("f/a", new FileChange.Create(IfThere.KEEP))).isEqualTo(Fault.NOT_DIRECTORY);
        assertThat(fault("f", new FileChange.MakeDirectory())).isEqualTo(Fault.EXISTS);
        assertThat(fault("f", new FileChange.RemoveDirectory())).isEqualTo(Fault.NOT_DIRECTORY);
        assertThat(fault("d", new FileChange.RemoveFile())).isEqualTo(Fault.IS_DIRECTORY);
        assertThat(fault("x", new FileChange.RemoveFile())).isEqualTo(Fault.NOT_FOUND);
        assertThat(refused(() -> store().list(me(), "f", SOON))).isEqualTo(Fault.NOT_DIRECTORY);
        assertThat(refused(() -> store().list(me(), "x", SOON))).isEqualTo(Fault.NOT_FOUND);
        assertThat(refused(() -> store().read(me(), "d", new FileRange(0, 1), SOON)))
                .isEqualTo(Fault.IS_DIRECTORY);
        assertThat(refused(() -> store().read(me(), "", new FileRange(0, 1), SOON)))
                .isEqualTo(Fault.IS_DIRECTORY);
        assertThat(refused(() -> store().read(me(), "x", new FileRange(0, 1), SOON)))
                .isEqualTo(Fault.NOT_FOUND);
        assertThat(find("x")).isEmpty();
        assertThat(find("f/a")).isEmpty();
    }

    @Test
    void only_an_empty_directory_goes() {
        change("d", new FileChange.MakeDirectory());
        create("d/a");

        assertThat(fault("d", new FileChange.RemoveDirectory())).isEqualTo(Fault.NOT_EMPTY);
        change("d/a", new FileChange.RemoveFile());
        change("d", new FileChange.RemoveDirectory());

        assertThat(list("")).isEmpty();
    }

    @Test
    void what_is_renamed_takes_along_what_is_below_it_and_only_that() {
        change("d", new FileChange.MakeDirectory());
        change("d/e", new FileChange.MakeDirectory());
        create("d/e/a");
        write("d/e/a", 0, "hello");
        create("da");

        rename("d", "new");

        assertThat(list("")).extracting(FileEntry::name).containsExactly("da", "new");
        assertThat(read("new/e/a")).isEqualTo("hello");
        assertThat(find("d/e/a")).isEmpty();
    }

    @Test
    void a_file_takes_the_place_of_a_file_and_a_directory_that_of_an_empty_one() {
        create("a");
        write("a", 0, "A");
        create("b");
        change("d", new FileChange.MakeDirectory());
        change("e", new FileChange.MakeDirectory());
        create("e/x");

        rename("a", "b");
        assertThat(read("b")).isEqualTo("A");
        assertThat(fault("b", new FileChange.Rename(new FilePath(0, "d")))).isEqualTo(Fault.IS_DIRECTORY);
        assertThat(fault("d", new FileChange.Rename(new FilePath(0, "b")))).isEqualTo(Fault.NOT_DIRECTORY);
        assertThat(fault("d", new FileChange.Rename(new FilePath(0, "e")))).isEqualTo(Fault.NOT_EMPTY);
        rename("e", "d");

        assertThat(list("")).extracting(FileEntry::name).containsExactly("b", "d");
        assertThat(find("d/x")).isPresent();
    }

    @Test
    void nothing_is_renamed_into_itself_or_to_where_nothing_is() {
        change("d", new FileChange.MakeDirectory());
        create("f");

        rename("d", "d");
        assertThat(fault("d", new FileChange.Rename(new FilePath(0, "d/e")))).isEqualTo(Fault.INVALID);
        assertThat(fault("d", new FileChange.Rename(new FilePath(0, "x/d")))).isEqualTo(Fault.NOT_FOUND);
        assertThat(fault("d", new FileChange.Rename(new FilePath(0, "f/d")))).isEqualTo(Fault.NOT_DIRECTORY);
        assertThat(fault("x", new FileChange.Rename(new FilePath(0, "y")))).isEqualTo(Fault.NOT_FOUND);
        assertThat(fault("d", new FileChange.Rename(new FilePath(0, "")))).isEqualTo(Fault.INVALID);

        assertThat(list("")).extracting(FileEntry::name).containsExactly("d", "f");
    }

    @Test
    void no_path_grows_beyond_255_bytes_by_a_rename() {
        String longName = "x".repeat(200);
        change("d", new FileChange.MakeDirectory());
        create("d/" + longName);

        assertThat(fault("d", new FileChange.Rename(new FilePath(0, "y".repeat(55)))))
                .isEqualTo(Fault.INVALID);
        rename("d", "y".repeat(54));

        assertThat(find("y".repeat(54) + "/" + longName)).isPresent();
    }

    @Test
    void a_file_has_at_most_1_MiB() {
        create("a");
        long largest = FileStore.LARGEST.bytes();

        assertThat(change("a", new FileChange.Resize(largest))).isEqualTo(largest);
        assertThat(fault("a", new FileChange.Resize(largest + 1))).isEqualTo(Fault.TOO_LARGE);
        assertThat(fault("a", new FileChange.Append(bytes("x")))).isEqualTo(Fault.TOO_LARGE);
        assertThat(fault("a", new FileChange.Write(largest, bytes("x")))).isEqualTo(Fault.TOO_LARGE);
        assertThat(fault("a", new FileChange.Write(Long.MAX_VALUE, bytes("x")))).isEqualTo(Fault.TOO_LARGE);
        assertThat(find("a").orElseThrow().size()).isEqualTo(largest);
    }

    @Test
    void files_and_directories_count_and_so_do_their_bytes_and_what_goes_makes_room() {
        DataLimits two = new DataLimits(new MemorySize(20), 2);
        store().change(me(), "a", new FileChange.Create(IfThere.KEEP), two, SOON);
        store().change(me(), "d", new FileChange.MakeDirectory(), two, SOON);

        assertThat(refused(() -> store().change(me(), "b", new FileChange.Create(IfThere.KEEP), two, SOON)))
                .isEqualTo(Fault.QUOTA);
        assertThat(store().change(me(), "a", new FileChange.Write(0, new byte[18]), two, SOON))
                .isEqualTo(18);
        assertThat(refused(() -> store().change(me(), "a", new FileChange.Append(new byte[1]), two, SOON)))
                .isEqualTo(Fault.QUOTA);
        store().change(me(), "a", new FileChange.Resize(17), two, SOON);
        store().change(me(), "a", new FileChange.Append(new byte[1]), two, SOON);
        store().change(me(), "d", new FileChange.RemoveDirectory(), two, SOON);
        store().change(me(), "b", new FileChange.Create(IfThere.KEEP), two, SOON);

        assertThat(list("")).extracting(FileEntry::name).containsExactly("a", "b");
    }

    @Test
    void a_file_that_was_larger_than_the_quota_can_be_made_smaller() {
        create("a");
        write("a", 0, "0123456789");
        DataLimits less = new DataLimits(new MemorySize(5), 1);

        assertThat(store().change(me(), "a", new FileChange.Resize(8), less, SOON))
                .isEqualTo(8);
    }

    @Test
    void plugins_and_tenants_see_only_their_own() {
        create("a");
        write("a", 0, "mine");

        for (DataOwner other : List.of(
                new DataOwner(tenant(), new PluginId("other"), Optional.empty()),
                new DataOwner(otherTenant(), new PluginId("notes"), Optional.empty()))) {
            assertThat(store().find(other, "a", SOON)).isEmpty();
            assertThat(store().list(other, "", SOON)).isEmpty();
            assertThat(refused(() -> store().read(other, "a", new FileRange(0, 9), SOON)))
                    .isEqualTo(Fault.NOT_FOUND);
            assertThat(refused(() -> store().change(other, "a", new FileChange.RemoveFile(), AMPLE, SOON)))
                    .isEqualTo(Fault.NOT_FOUND);
            store().change(other, "a", new FileChange.Create(IfThere.EMPTY), AMPLE, SOON);
        }

        assertThat(read("a")).isEqualTo("mine");
    }

    @Test
    void of_many_who_append_at_once_nobodys_bytes_are_lost() throws Exception {
        create("log");
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Long>> appends = IntStream.range(0, 40)
                    .<Callable<Long>>mapToObj(i -> () -> change("log", new FileChange.Append(bytes("x"))))
                    .toList();
            for (Future<Long> append : threads.invokeAll(appends)) {
                append.get();
            }
        }

        assertThat(find("log").orElseThrow().size()).isEqualTo(40);
    }

    protected final DataOwner me() {
        return new DataOwner(tenant(), new PluginId("notes"), Optional.empty());
    }

    protected final void create(String path) {
        change(path, new FileChange.Create(IfThere.KEEP));
    }

    private void rename(String from, String to) {
        change(from, new FileChange.Rename(new FilePath(0, to)));
    }

    protected final long write(String path, long offset, String text) {
        return change(path, new FileChange.Write(offset, bytes(text)));
    }

    private long change(String path, FileChange change) {
        return store().change(me(), path, change, AMPLE, SOON);
    }

    private String read(String path) {
        return new String(store().read(me(), path, new FileRange(0, 1 << 20), SOON), StandardCharsets.UTF_8);
    }

    private Optional<FileEntry> find(String path) {
        return store().find(me(), path, SOON);
    }

    protected final List<FileEntry> list(String path) {
        return store().list(me(), path, SOON);
    }

    private Fault fault(String path, FileChange change) {
        return refused(() -> change(path, change));
    }

    private static Fault refused(Callable<?> use) {
        return catchThrowableOfType(FileRefused.class, use::call).fault();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
