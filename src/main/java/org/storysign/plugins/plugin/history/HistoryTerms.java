package org.storysign.plugins.plugin.history;

/**
 * How much is kept of what a plugin does; each figure is for one process.
 *
 * @param calls calls that went well, a second and plugin; of more, only the figures are kept
 * @param failures calls that failed, a second and plugin
 * @param lines lines logged, a second and plugin
 * @param waiting calls that may wait to be written, of all plugins together
 * @param waitingText characters of log that may wait, of all plugins together
 */
public record HistoryTerms(int calls, int failures, int lines, int waiting, long waitingText) {

    public static final HistoryTerms USUAL = new HistoryTerms(20, 100, 200, 20_000, 8_388_608);

    public HistoryTerms {
        if (calls < 0 || failures < 1 || lines < 1 || waiting < 1 || waitingText < 1) {
            throw new IllegalArgumentException("expected at least one failure, line, call and character to be kept");
        }
    }
}
