package org.storysign.plugins.storage.embedded;

/** The server's settings beside PostgreSQL's defaults, written anew at every start. */
final class ServerSettings {

    static final String FILE = "storysign.conf";

    private ServerSettings() {}

    static String text(int port) {
        return """
                # Written by the service at every start; changes here are lost. Use ALTER SYSTEM instead.
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                password_encryption = 'scram-sha-256'
                max_connections = 60
                shared_buffers = '64MB'

                # An acknowledged change survives a power cut.
                fsync = on
                synchronous_commit = on
                full_page_writes = on

                # A week of logs, a file a day, in the directory log.
                logging_collector = on
                log_directory = 'log'
                log_filename = 'postgresql-%%a.log'
                log_truncate_on_rotation = on
                log_rotation_age = '1d'
                log_rotation_size = 0
                log_timezone = 'UTC'
                timezone = 'UTC'
                """.formatted(port);
    }
}
