package org.storysign.plugins.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserReach;
import org.storysign.plugins.platform.PlatformService;
import org.storysign.plugins.platform.ServiceTerms;
import org.storysign.plugins.problem.ProblemCode;

/** What a guest asks of its files passes the gate: it is told, counted and, in a dry run, not done. */
class GatedFilesTest extends FileGuests {

    @Test
    void each_question_is_told_to_the_gate_and_what_was_refused_with_its_code() {
        prepare();
        answers.clear();

        run(
                files(terms(new ServiceTerms(Duration.ofSeconds(2), 4, 1, 100))),
                "",
                call("path_filestat_get", DATA, 0, at("file"), 4, 0));

        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.service()).isEqualTo(PlatformService.FILES);
            assertThat(answer.refused()).isEmpty();
        });
    }

    @Test
    void a_call_asks_so_often_and_no_more() {
        prepare();
        answers.clear();
        String twice = "(drop " + call("path_filestat_get", DATA, 0, at("file"), 4, 0) + ")";

        int errno = run(
                files(terms(new ServiceTerms(Duration.ofSeconds(2), 4, 1, 100))),
                twice,
                call("path_filestat_get", DATA, 0, at("file"), 4, 0));

        assertThat(errno).isEqualTo(Errno.DQUOT);
        assertThat(answers)
                .last()
                .satisfies(answer -> assertThat(answer.refused()).contains(ProblemCode.QUOTA_EXCEEDED));
    }

    @Test
    void a_dry_run_reads_and_writes_nothing() {
        prepare();
        CallContext dry = new CallContext(
                TenantId.DEFAULT, Optional.empty(), PLUGIN, InvocationId.random(), 0, UserReach.CALLS_USER, true);

        assertThat(run(files(), dry, open(DATA, "file", 0, READ))).isEqualTo(Errno.SUCCESS);
        assertThat(run(files(), dry, open(DATA, "file", 0, WRITE))).isEqualTo(Errno.ROFS);
        assertThat(run(files(), dry, open(DATA, "new", 1, WRITE))).isEqualTo(Errno.ROFS);
        assertThat(run(files(), dry, call("path_unlink_file", DATA, at("file"), 4)))
                .isEqualTo(Errno.ROFS);
    }
}
