package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.Element;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What every new instance of a module begins with, as far as it lies outside of an instance's own {@link InstanceParts}. Taken once,
 * of an instance that has run nothing: its module has no start section. Immutable.
 *
 * @param memory null when the module has none
 * @param data its data segments, dropped ones empty
 * @param elements its element segments, dropped ones null
 */
record Snapshot(@Nullable MemoryImage memory, DataSegment[] data, Element[] elements) {

    static Snapshot of(Instance instance, @Nullable FlatMemory memory) {
        Element[] elements = IntStream.range(0, instance.elementCount())
                .mapToObj(instance::element)
                .toArray(Element[]::new);
        return memory == null
                ? new Snapshot(null, new DataSegment[0], elements)
                : new Snapshot(memory.image(), memory.segments(), elements);
    }

    /** Makes memory and segments as they were. */
    void restore(Instance instance, @Nullable FlatMemory memory) {
        if (memory != null && this.memory != null) {
            memory.rewind(this.memory, data);
        }
        for (int index = 0; index < elements.length; index++) {
            instance.setElement(index, elements[index]);
        }
    }
}
