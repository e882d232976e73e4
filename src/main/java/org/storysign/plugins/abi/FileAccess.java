package org.storysign.plugins.abi;

import java.time.Duration;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.FileRefused;
import org.storysign.plugins.sandbox.FileSession;
import org.storysign.plugins.sandbox.HostCall;

/** Asks what keeps the files, waiting as a host call waits, and turns what it refuses into what WASI answers. */
final class FileAccess {

    private FileAccess() {}

    /** A question to the session within a time. */
    interface Question<T> {
        T ask(FileSession session, Duration timeout);
    }

    /** Throws {@link WasiFault}, or what stops the guest. */
    static <T> T ask(HostCall call, KernelFrame frame, Question<T> question) {
        call.charge(FuelPrice.PLATFORM_CALL);
        try {
            return call.waiting(() -> question.ask(frame.descriptors().session(), call.waitTimeLeft()));
        } catch (FileRefused refused) {
            throw new WasiFault(errno(refused.fault()));
        } catch (ProblemException refused) {
            throw new WasiFault(errno(refused));
        } catch (RuntimeException stopped) {
            throw stopped;
        } catch (Exception fault) {
            throw new IllegalStateException("FileSession failed with a checked exception", fault);
        }
    }

    private static int errno(FileRefused.Fault fault) {
        return switch (fault) {
            case NOT_FOUND -> Errno.NOENT;
            case EXISTS -> Errno.EXIST;
            case NOT_DIRECTORY -> Errno.NOTDIR;
            case IS_DIRECTORY -> Errno.ISDIR;
            case NOT_EMPTY -> Errno.NOTEMPTY;
            case READ_ONLY -> Errno.ROFS;
            case TOO_LARGE -> Errno.FBIG;
            case QUOTA -> Errno.DQUOT;
            case INVALID -> Errno.INVAL;
            case DENIED -> Errno.ACCES;
        };
    }

    private static int errno(ProblemException refused) {
        return switch (refused.code()) {
            case PERMISSION_DENIED -> Errno.ACCES;
            case QUOTA_EXCEEDED -> Errno.DQUOT;
            case SERVICE_TIMEOUT -> Errno.TIMEDOUT;
            default -> Errno.IO;
        };
    }
}
