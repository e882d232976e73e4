package org.storysign.plugins.kit;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A test of the running service: HTTP on a free port, a real PostgreSQL server behind it. All such tests share one start of the
 * service and one database, so each works in tenants of its own ({@link Tenants#fresh}).
 */
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = TestModels.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = TestIdentities.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = TestSources.class, scope = TestResourceScope.GLOBAL)
@Tag("service")
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ServiceTest {}
