package org.storysign.plugins.worker;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;

/** A process that says what it was made to say, whatever it is told, and ends with a code. */
final class FakeProcess extends Process {

    private final InputStream says;
    private final int exit;
    private boolean killed;

    FakeProcess(byte[] says, int exit) {
        this.says = new ByteArrayInputStream(says);
        this.exit = exit;
    }

    boolean killed() {
        return killed;
    }

    @Override
    public OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream getInputStream() {
        return says;
    }

    @Override
    public InputStream getErrorStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public int waitFor() {
        return exit;
    }

    @Override
    public boolean waitFor(long timeout, java.util.concurrent.TimeUnit unit) {
        return true;
    }

    @Override
    public int exitValue() {
        return exit;
    }

    @Override
    public boolean isAlive() {
        return !killed;
    }

    @Override
    public long pid() {
        return 1;
    }

    @Override
    public void destroy() {
        killed = true;
    }

    @Override
    public Process destroyForcibly() {
        killed = true;
        return this;
    }
}
