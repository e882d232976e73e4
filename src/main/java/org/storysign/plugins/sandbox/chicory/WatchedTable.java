package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.Table;
import org.jspecify.annotations.Nullable;

/**
 * A table that can be as it was. It is copied when the guest changes it for the first time, since most never do. Its size stays:
 * {@code table.grow} and whatever else writes more than an entry is refused before a module runs. Used by one thread.
 */
final class WatchedTable extends TableInstance {

    private record Entry(int reference, @Nullable Instance instance) {}

    private Entry @Nullable [] first;
    private boolean watched;
    private boolean changed;

    WatchedTable(Table table, int value) {
        super(table, value);
    }

    /** The instance is made: from now on it is the guest who writes. */
    void watch() {
        watched = true;
    }

    @Override
    public void setRef(int index, int value, @Nullable Instance instance) {
        if (watched && !changed) {
            remember();
        }
        super.setRef(index, value, instance);
    }

    private void remember() {
        if (first == null) {
            first = new Entry[size()];
            for (int index = 0; index < first.length; index++) {
                first[index] = new Entry(ref(index), instance(index));
            }
        }
        changed = true;
    }

    /** Undoes what the guest wrote. */
    void rewind() {
        if (first != null && changed) {
            for (int index = 0; index < first.length; index++) {
                super.setRef(index, first[index].reference(), first[index].instance());
            }
        }
        changed = false;
    }
}
