package org.storysign.plugins.plugin;

import java.time.Instant;
import java.util.Optional;

/** Where a plugin is in its life (contract, section 4). Transitions are methods of the state that allows them. */
public sealed interface PluginState {

    /** The public name. */
    String publicName();

    /** Brought, never enabled. */
    record Installed() implements PluginState {
        @Override
        public String publicName() {
            return "installed";
        }

        public Enabling enable(String owner, Instant leaseEnds) {
            return new Enabling(owner, leaseEnds);
        }
    }

    /**
     * One process compiles and initialises it. When the lease ends without a commit, the plugin is taken to be disabled.
     *
     * @param owner the process that holds the lease
     * @param leaseEnds when others may take over
     */
    record Enabling(String owner, Instant leaseEnds) implements PluginState {
        @Override
        public String publicName() {
            return "enabling";
        }

        public Enabled succeed() {
            return new Enabled();
        }

        public Failed fail(String reason) {
            return new Failed(reason);
        }

        /** What it becomes when its process died or gave up. */
        public Disabled abandon() {
            return new Disabled();
        }
    }

    /**
     * Serves.
     *
     * @param quarantines how often it was quarantined lately; more than 0 while it is on probation
     */
    record Enabled(int quarantines) implements PluginState {

        /** As an operator enables it. */
        public Enabled() {
            this(0);
        }

        @Override
        public String publicName() {
            return "enabled";
        }

        public Disabled disable() {
            return new Disabled();
        }

        public Quarantined quarantine(String reason, Instant retryAt) {
            return new Quarantined(reason, Optional.of(retryAt), quarantines + 1);
        }
    }

    /** Does not serve; keeps its data, config and grants. */
    record Disabled() implements PluginState {
        @Override
        public String publicName() {
            return "disabled";
        }

        public Enabling enable(String owner, Instant leaseEnds) {
            return new Enabling(owner, leaseEnds);
        }
    }

    /**
     * Taken out because it failed too often.
     *
     * @param retryAt when it is tried again; empty when only an operator does that
     * @param quarantines how often it was, this time included
     */
    record Quarantined(String reason, Optional<Instant> retryAt, int quarantines) implements PluginState {

        /** Until an operator enables it. */
        public Quarantined(String reason) {
            this(reason, Optional.empty(), 1);
        }

        /** Serves on probation. */
        public Enabled tryAgain() {
            return new Enabled(quarantines);
        }

        @Override
        public String publicName() {
            return "quarantined";
        }

        public Disabled disable() {
            return new Disabled();
        }

        public Enabling enable(String owner, Instant leaseEnds) {
            return new Enabling(owner, leaseEnds);
        }
    }

    /** Could not be enabled. */
    record Failed(String reason) implements PluginState {
        @Override
        public String publicName() {
            return "failed";
        }

        public Disabled disable() {
            return new Disabled();
        }

        public Enabling enable(String owner, Instant leaseEnds) {
            return new Enabling(owner, leaseEnds);
        }
    }
}
