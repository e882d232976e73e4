package org.storysign.plugins.storage.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** As whom the server's programs run. PostgreSQL refuses to run as root. */
sealed interface ServerUser {

    /** What comes before a program on its command line. */
    List<String> prefix();

    /** Gives a file or directory, with everything below it, to this user. */
    void own(Path path);

    /** A plain user: the one who runs the service. */
    record Self() implements ServerUser {
        @Override
        public List<String> prefix() {
            return List.of();
        }

        @Override
        public void own(Path path) {}
    }

    /** Root in a user namespace of its own, where it is nobody; its files stay root's. */
    record Namespaced() implements ServerUser {
        static final List<String> UNSHARE = List.of("unshare", "--user", "--");

        @Override
        public List<String> prefix() {
            return UNSHARE;
        }

        @Override
        public void own(Path path) {}
    }

    /** Another user, by a program that root may use to become one. */
    record Other(String name, List<String> prefix) implements ServerUser {
        @Override
        public void own(Path path) {
            try {
                var owner = path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
                for (Path each : FileTree.deepestFirst(path)) {
                    Files.getFileAttributeView(each, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                            .setOwner(owner);
                }
            } catch (IOException e) {
                throw new EmbeddedDatabaseException(path + " cannot be given to the user " + name + ": " + e + ".", e);
            }
        }
    }

    /** The one for this process and this directory. */
    static ServerUser choose(DataDirectory directory) {
        return choose(directory, new UnixSystem().getUid() == 0, () -> Command.succeeds(Namespaced.UNSHARE, "true"));
    }

    static ServerUser choose(DataDirectory directory, boolean root, BooleanSupplier namespaces) {
        Optional<String> owner = ownerOf(directory.database());
        if (!root) {
            owner.filter(name -> !name.equals(System.getProperty("user.name"))).ifPresent(name -> {
                throw new EmbeddedDatabaseException("The database in " + directory.root() + " belongs to the user "
                        + name + ". Run as that user, or choose another directory with --data-dir.");
            });
            return new Self();
        }
        Optional<String> before = owner.filter(name -> !name.equals("root"));
        if (before.isPresent()) {
            return reaching(directory, other(before.get()));
        }
        return namespaces.getAsBoolean() ? new Namespaced() : reaching(directory, unprivileged());
    }

    private static Other unprivileged() {
        return Stream.of("postgres", "nobody")
                .filter(name -> Command.succeeds(List.of("id", "--user"), name))
                .findFirst()
                .map(ServerUser::other)
                .orElseThrow(
                        () -> new EmbeddedDatabaseException("PostgreSQL does not run as root, this machine allows no"
                                + " user namespaces, and there is neither a user postgres nor a user nobody to run it as."
                                + " Start the service as a plain user."));
    }

    private static Other other(String name) {
        List<String> setpriv = List.of(
                "setpriv", "--reuid", name, "--regid", groupOf(name), "--clear-groups", "--inh-caps=-all", "--");
        if (Command.succeeds(setpriv, "true")) {
            return new Other(name, setpriv);
        }
        List<String> runuser = List.of("runuser", "--user", name, "--");
        if (Command.succeeds(runuser, "true")) {
            return new Other(name, runuser);
        }
        throw new EmbeddedDatabaseException(
                "PostgreSQL does not run as root, and neither setpriv nor runuser can start it" + " as the user " + name
                        + ". Start the service as a plain user.");
    }

    private static String groupOf(String name) {
        return Command.run(List.of("id", "--group", name)).output().strip();
    }

    /** Lets the user pass through the directory, whose secrets stay root's, and makes sure that it gets there. */
    private static Other reaching(DataDirectory directory, Other user) {
        try {
            Files.setPosixFilePermissions(directory.root(), PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(directory.root() + " cannot be opened to " + user.name() + ".", e);
        }
        if (!Command.succeeds(user.prefix(), "test", "-x", directory.root().toString())) {
            throw new EmbeddedDatabaseException(
                    "PostgreSQL does not run as root, and the user " + user.name()
                            + " that would run it cannot reach " + directory.root()
                            + ". Choose a directory outside root's home with --data-dir, or start the service as a plain user.");
        }
        return user;
    }

    private static Optional<String> ownerOf(Path path) {
        try {
            return Files.exists(path) ? Optional.of(Files.getOwner(path).getName()) : Optional.empty();
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("The owner of " + path + " cannot be read: " + e + ".", e);
        }
    }
}
