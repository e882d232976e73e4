package org.storysign.plugins.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.storysign.plugins.kit.TestDatabase;

/** Secrets that nobody else uses, and where they turned up. */
final class Canaries {

    private final Map<String, String> secrets = new LinkedHashMap<>();

    /** A new one. */
    String next(String what) {
        return keep(what, "cnry" + UUID.randomUUID().toString().replace("-", ""));
    }

    /** One that somebody else made. */
    String keep(String what, String secret) {
        secrets.put(secret, what);
        return secret;
    }

    int count() {
        return secrets.size();
    }

    /** Every secret that the text holds, as it is or in base64 or hexadecimal. */
    List<String> in(String place, String text) {
        List<String> found = new ArrayList<>();
        secrets.forEach((secret, what) -> forms(secret).forEach((form, name) -> {
            if (text.contains(form)) {
                found.add(what + " in " + place + name);
            }
        }));
        return found;
    }

    private static Map<String, String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put(secret, "");
        forms.put(HexFormat.of().formatHex(bytes), " in hexadecimal");
        // Wherever it lies in a longer text, some of these 24 characters are the same.
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[bytes.length + shift];
            System.arraycopy(bytes, 0, shifted, shift, bytes.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            forms.put(encoded.substring(4, 28), " in base64");
        }
        return forms;
    }

    /** In every row of every table, as text. */
    List<String> inTables() {
        List<String> found = new ArrayList<>();
        try (Connection connection = TestDatabase.asSuperuser();
                Statement tables = connection.createStatement();
                Statement rows = connection.createStatement()) {
            ResultSet names = tables.executeQuery(
                    "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'public'");
            while (names.next()) {
                String table = names.getString(1);
                ResultSet texts = rows.executeQuery("SELECT t::text FROM " + table + " t");
                while (texts.next()) {
                    found.addAll(in("table " + table, texts.getString(1)));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    /** In the database's files on disk, its log of changes included. */
    List<String> inFiles() {
        List<String> found = new ArrayList<>();
        try (Connection connection = TestDatabase.asSuperuser();
                Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
            ResultSet directory = statement.executeQuery("SHOW data_directory");
            directory.next();
            try (Stream<Path> files = Files.walk(Path.of(directory.getString(1)))) {
                files.filter(Files::isRegularFile)
                        .forEach(file -> found.addAll(in("file " + file.getFileName(), text(file))));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException gone) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
