package org.storysign.plugins.sandbox;

/** Fuel, depth, time and cancel of one call. (Filled in with the engine.) */
public final class Meter {}
