package org.storysign.plugins.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

class BodyBudgetTest {

    private final BodyBudget budget = new BodyBudget();

    @Test
    void bodies_may_fill_the_budget_and_one_byte_more_is_asked_to_come_back() {
        budget.take((int) BodyBudget.LARGEST.bytes());

        assertThatThrownBy(() -> budget.take(1))
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(ProblemCode.OVERLOADED);
                    assertThat(refused.facts()).isEqualTo(Map.of(FactKey.RETRY_AFTER, 1));
                });
        assertThat(budget.taken()).isEqualTo(BodyBudget.LARGEST.bytes());
    }

    @Test
    void what_was_given_back_can_be_taken_again() {
        budget.take((int) BodyBudget.LARGEST.bytes());
        budget.giveBack(100);

        budget.take(100);

        assertThat(budget.taken()).isEqualTo(BodyBudget.LARGEST.bytes());
    }
}
