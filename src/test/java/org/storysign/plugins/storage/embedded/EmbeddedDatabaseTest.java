package org.storysign.plugins.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("service")
class EmbeddedDatabaseTest {

    private static final Path PROGRAMS = Path.of("target", "database-server");

    @TempDir
    Path temporary;

    @Test
    void data_are_kept_durably_and_only_passwords_open_the_database() throws Exception {
        DataDirectory directory = directory();
        DatabaseAddress first;
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, progress -> {})) {
            first = database.address();
            for (String durable : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                assertThat(answer(first, "SHOW " + durable)).as(durable).isEqualTo("on");
            }
            assertThat(answer(first, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(answerToSuperuser(database, "SHOW unix_socket_directories"))
                    .isEmpty();
            assertThat(answer(first, "SELECT count(*) FROM pg_stat_activity WHERE usename = 'storysign_owner'"))
                    .isEqualTo("1");
            assertThatThrownBy(() -> DriverManager.getConnection(first.jdbcUrl(), "postgres", "guess"))
                    .hasMessageContaining("password authentication failed");
            execute(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        }

        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, progress -> {})) {
            assertThat(answer(database.address(), "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(database.address().url()).as("the port stays the same").isEqualTo(first.url());
        }

        for (String secret : List.of("postgres", "storysign_owner", "storysign_service")) {
            assertThat(SecretFile.isPrivate(directory.password(secret)))
                    .as(secret)
                    .isTrue();
        }
        assertThat(LeftoverServer.find(directory.database()).isThere()).isFalse();
    }

    @Test
    void the_services_role_has_no_powers() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory(), progress -> {})) {
            DatabaseAddress address = database.address();

            String powers = answer(
                    address,
                    "SELECT string_agg(rolname, ',' ORDER BY rolname) FROM pg_roles WHERE rolname LIKE 'storysign%' AND "
                            + "NOT (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)");
            assertThat(powers).isEqualTo("storysign_owner,storysign_service");
            assertThatThrownBy(() -> DriverManager.getConnection(
                                    address.jdbcUrl(),
                                    address.service().username(),
                                    address.service().password())
                            .createStatement()
                            .execute("CREATE TABLE public.mine (id int)"))
                    .hasMessageContaining("permission denied for schema public");
        }
    }

    @Test
    void a_second_start_on_the_same_directory_is_refused_with_the_way_out() throws Exception {
        DataDirectory directory = directory();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, progress -> {})) {
            HeldDatabase.Child other = HeldDatabase.start(directory);

            assertThat(other.said())
                    .contains("Another process serves from the data directory " + directory.root())
                    .contains("--database-url");
            assertThatThrownBy(() -> EmbeddedDatabase.start(directory, progress -> {}))
                    .isInstanceOf(EmbeddedDatabaseException.class)
                    .hasMessageContaining("Another process serves");
            assertThat(answer(database.address(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void the_server_of_a_killed_process_is_stopped_and_its_data_are_there() throws Exception {
        DataDirectory directory = directory();
        HeldDatabase.Child killed = HeldDatabase.start(directory);
        assertThat(killed.said()).isEqualTo("ready");
        killed.kill();
        LeftoverServer orphan = LeftoverServer.find(directory.database());
        assertThat(orphan.main()).as("the server outlives its starter").isPresent();

        List<String> progress = new ArrayList<>();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, progress::add)) {
            assertThat(progress).contains("Stopping the database server that a former process left running ...");
            assertThat(LeftoverServer.find(directory.database()).processes())
                    .as("the old server is gone, a new one runs")
                    .isNotEmpty()
                    .doesNotContainAnyElementsOf(orphan.processes());
            assertThat(answer(database.address(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void a_server_that_lost_its_main_process_and_a_pid_file_of_a_stranger_do_not_hinder_the_start() throws Exception {
        DataDirectory directory = directory();
        EmbeddedDatabase.start(directory, progress -> {}).close();
        // The number in the file is taken by an innocent process: this one.
        Files.writeString(
                directory.database().resolve("postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + directory.database() + "\n0\n5432\n\n127.0.0.1\n0 0\nready\n");

        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, progress -> {})) {
            assertThat(answer(database.address(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void a_half_made_database_is_made_again_and_one_of_another_version_is_left_alone() throws Exception {
        DataDirectory directory = directory();
        Files.createDirectories(directory.databaseDraft().resolve("base"));

        EmbeddedDatabase.start(directory, progress -> {}).close();

        assertThat(directory.databaseDraft()).doesNotExist();
        Files.writeString(directory.database().resolve("PG_VERSION"), "17\n");
        assertThatThrownBy(() -> EmbeddedDatabase.start(directory, progress -> {}))
                .hasMessageContaining("is of PostgreSQL 17, this service brings PostgreSQL 18")
                .hasMessageContaining("--database-url");
    }

    @Test
    void where_namespaces_are_forbidden_root_has_the_server_run_by_another_user() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")));
        // Nobody but root reaches the build's own directories everywhere, so this one starts from scratch.
        Path reachable = Files.createTempDirectory(Path.of("/tmp"), "storysign-");
        Files.setPosixFilePermissions(reachable, PosixFilePermissions.fromString("rwxr-xr-x"));
        DataDirectory directory = DataDirectory.at(reachable.resolve("data"));
        try (EmbeddedDatabase database =
                EmbeddedDatabase.start(directory, each -> ServerUser.choose(each, true, () -> false), progress -> {})) {
            ProcessHandle server =
                    LeftoverServer.find(directory.database()).main().orElseThrow();

            assertThat(server.info().user().orElseThrow()).isIn("postgres", "nobody");
            assertThat(answer(database.address(), "SELECT 1")).isEqualTo("1");
            assertThat(SecretFile.isPrivate(directory.password("postgres"))).isTrue();
        }
        String owner = Files.getOwner(directory.database()).getName();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, progress -> {})) {
            assertThat(LeftoverServer.find(directory.database())
                            .main()
                            .orElseThrow()
                            .info()
                            .user())
                    .as("a database is always opened as its owner")
                    .contains(owner);
        }
        FileTree.delete(reachable);
    }

    @Test
    void a_directory_that_the_other_user_cannot_reach_is_refused_with_the_reason() throws IOException {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")));
        Path closed = Files.createDirectory(
                temporary.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        DataDirectory directory = DataDirectory.at(closed.resolve("data"));
        directory.create();

        assertThatThrownBy(() -> ServerUser.choose(directory, true, () -> false))
                .hasMessageContaining("cannot reach " + directory.root())
                .hasMessageContaining("--data-dir")
                .hasMessageContaining("--database-url");
    }

    private DataDirectory directory() {
        return new DataDirectory(temporary.resolve("data"), PROGRAMS);
    }

    private static String answer(DatabaseAddress address, String query) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String answerToSuperuser(EmbeddedDatabase database, String query) throws Exception {
        Path password = database.directory().password("postgres");
        DatabaseAddress.Login superuser =
                new DatabaseAddress.Login("postgres", Files.readString(password).strip());
        return answer(new DatabaseAddress(database.address().url(), superuser, superuser), query);
    }

    private static void execute(DatabaseAddress address, String command) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(
                address.jdbcUrl(), address.owner().username(), address.owner().password());
    }
}
