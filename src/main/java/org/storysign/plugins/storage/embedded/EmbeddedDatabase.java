package org.storysign.plugins.storage.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A PostgreSQL server of the service's own, running from {@link #start} to {@link #close}. Its data are kept in the
 * {@link DataDirectory}; the directory belongs to one process at a time.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final int ATTEMPTS = 3;

    private final DataDirectory directory;
    private final FileChannel lock;
    private final ServerControl control;
    private final DatabaseAddress address;
    private boolean running = true;

    private EmbeddedDatabase(
            DataDirectory directory, FileChannel lock, ServerControl control, DatabaseAddress address) {
        this.directory = directory;
        this.lock = lock;
        this.control = control;
        this.address = address;
    }

    /**
     * Starts the server and waits until it answers; the first time, the database is made (seconds).
     *
     * @param progress told, in a sentence each, what takes long
     * @throws EmbeddedDatabaseException when it cannot be started; nothing is left running then
     */
    public static EmbeddedDatabase start(DataDirectory directory, Consumer<String> progress) {
        return start(directory, ServerUser::choose, progress);
    }

    static EmbeddedDatabase start(
            DataDirectory directory, Function<DataDirectory, ServerUser> user, Consumer<String> progress) {
        directory.create();
        FileChannel lock = directory.lock();
        boolean started = false;
        try {
            ServerPrograms programs = ServerPrograms.unpack(directory.programs(), progress);
            ServerControl control = new ServerControl(directory, programs, user.apply(directory));
            EmbeddedDatabase database = start(directory, lock, control, progress);
            started = true;
            return database;
        } finally {
            if (!started) {
                release(lock);
            }
        }
    }

    private static EmbeddedDatabase start(
            DataDirectory directory, FileChannel lock, ServerControl control, Consumer<String> progress) {
        control.stopLeftover(progress);
        String superuserPassword = SecretFile.readOrGenerate(directory.password(DatabaseRoles.SUPERUSER));
        control.createIfAbsent(superuserPassword, progress);
        int port = startOnFreePort(directory, control);
        DatabaseAddress address = new DatabaseAddress(
                "postgresql://127.0.0.1:" + port + "/" + DatabaseRoles.DATABASE,
                login(directory, DatabaseRoles.OWNER),
                login(directory, DatabaseRoles.SERVICE));
        try {
            DatabaseRoles.prepare(port, superuserPassword, address);
        } catch (SQLException e) {
            control.stop();
            throw new EmbeddedDatabaseException(
                    "The embedded database refuses its superuser: " + e.getMessage() + " Is "
                            + directory.password(DatabaseRoles.SUPERUSER) + " the file it was made with?",
                    e);
        }
        return new EmbeddedDatabase(directory, lock, control, address);
    }

    /** Where it is and how to log in. */
    public DatabaseAddress address() {
        return address;
    }

    public DataDirectory directory() {
        return directory;
    }

    /** Stops the server in order and gives the directory back. May be repeated. */
    @Override
    public synchronized void close() {
        if (running) {
            running = false;
            control.stop();
            release(lock);
        }
    }

    private static DatabaseAddress.Login login(DataDirectory directory, String role) {
        return new DatabaseAddress.Login(role, SecretFile.readOrGenerate(directory.password(role)));
    }

    /** The port of the last run when it is still free, so that what was connected from outside finds it again. */
    private static int startOnFreePort(DataDirectory directory, ServerControl control) {
        Path kept = directory.root().resolve("database.port");
        for (int attempt = 1; ; attempt++) {
            try {
                int port = freePort(attempt == 1 ? keptPort(kept) : 0);
                control.start(port);
                Files.writeString(
                        kept,
                        port + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                return port;
            } catch (IOException e) {
                throw new EmbeddedDatabaseException("The embedded database finds no port: " + e + ".", e);
            } catch (EmbeddedDatabaseException e) {
                // Somebody may have taken the port meanwhile.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static int keptPort(Path kept) {
        try {
            return Files.exists(kept) ? Integer.parseInt(Files.readString(kept).strip()) : 0;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    private static int freePort(int wanted) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            return probe.getLocalPort();
        } catch (java.net.BindException e) {
            if (wanted == 0) {
                throw e;
            }
            return freePort(0);
        }
    }

    private static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
