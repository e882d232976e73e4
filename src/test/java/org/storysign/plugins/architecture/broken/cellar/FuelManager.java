package org.storysign.plugins.architecture.broken.cellar;

/** In a package that is no room, without a door sign, under a name that says nothing. */
record FuelManager() {}
