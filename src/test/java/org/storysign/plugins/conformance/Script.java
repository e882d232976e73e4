package org.storysign.plugins.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One file of the suite, assembled: commands in order, and the modules they name as files of a folder. */
record Script(String name, Path folder, List<Command> commands) {

    static final String JSON = "spec.json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Script read(String name, Path folder) {
        try {
            List<Command> commands = new ArrayList<>();
            for (JsonNode command :
                    MAPPER.readTree(folder.resolve(JSON).toFile()).path("commands")) {
                commands.add(new Command(command, folder));
            }
            return new Script(name, folder, List.copyOf(commands));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
