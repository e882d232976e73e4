package org.storysign.plugins.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.sandbox.FileChange;
import org.storysign.plugins.sandbox.FileEntry;
import org.storysign.plugins.sandbox.FilePath;
import org.storysign.plugins.sandbox.FileSession;

/** What a call has open, and what of it the host keeps. */
class DescriptorsTest {

    private final AtomicInteger read = new AtomicInteger();
    private final Descriptors descriptors = new Descriptors(new TwoRoots());

    @Test
    void a_listing_is_kept_while_one_directory_is_gone_through_and_no_longer() {
        Descriptors.Open first = descriptors.find(3).orElseThrow();
        Descriptors.Open second = descriptors.find(4).orElseThrow();

        descriptors.listing(first, true, this::fresh);
        descriptors.listing(first, false, this::fresh);
        assertThat(read).hasValue(1);
        descriptors.listing(second, false, this::fresh);
        assertThat(read).as("of another").hasValue(2);
        descriptors.listing(first, false, this::fresh);
        assertThat(read).as("was not kept beside it").hasValue(3);
        descriptors.listing(first, true, this::fresh);
        assertThat(read).as("from the beginning").hasValue(4);
    }

    @Test
    void numbers_are_given_again_from_the_lowest_and_64_are_all() {
        assertThat(add()).isEqualTo(5);
        assertThat(add()).isEqualTo(6);
        descriptors.close(5);
        assertThat(add()).isEqualTo(5);

        while (!descriptors.isFull()) {
            add();
        }

        assertThat(descriptors.find(66)).isPresent();
        assertThat(descriptors.find(67)).isEmpty();
    }

    @Test
    void a_number_that_was_given_again_is_no_directory_from_the_beginning() {
        assertThat(descriptors.rootName(3)).contains("/one");
        descriptors.close(3);

        assertThat(descriptors.rootName(3)).isEmpty();
        assertThat(add()).isEqualTo(3);
        assertThat(descriptors.rootName(3)).isEmpty();
    }

    private int add() {
        return descriptors.add(new Descriptors.Open(new FilePath(0, "a"), false, true, false));
    }

    private List<FileEntry> fresh() {
        read.incrementAndGet();
        return List.of(new FileEntry("a", false, 0, Instant.EPOCH));
    }

    /** Two directories in which nothing is ever asked for. */
    private static final class TwoRoots implements FileSession {

        @Override
        public List<Root> roots() {
            return List.of(new Root("/one", true), new Root("/two", true));
        }

        @Override
        public Optional<FileEntry> find(FilePath path, Duration timeout) {
            throw new AssertionError(path);
        }

        @Override
        public List<FileEntry> list(FilePath directory, Duration timeout) {
            throw new AssertionError(directory);
        }

        @Override
        public byte[] read(FilePath file, long offset, int most, Duration timeout) {
            throw new AssertionError(file);
        }

        @Override
        public long change(FilePath path, FileChange change, Duration timeout) {
            throw new AssertionError(path);
        }
    }
}
