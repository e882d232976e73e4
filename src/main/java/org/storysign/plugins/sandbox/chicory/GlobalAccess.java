package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites what a generated function does with globals: {@code index, instance, readGlobal} becomes {@code memory, fuel} and the like. Memory
 * and instance are the last two parameters of every function. Whatever does not stand there to the letter stays, and comes to the same
 * cells through {@link CellGlobal}. One for each method.
 */
final class GlobalAccess implements CodeTransform {

    private static final ClassDesc MEMORY = Memory.class.describeConstable().orElseThrow();
    private static final ClassDesc INSTANCE = Instance.class.describeConstable().orElseThrow();
    private static final ClassDesc OURS = FlatMemory.class.describeConstable().orElseThrow();
    private static final ClassDesc LONG = ConstantDescs.CD_long;
    private static final ClassDesc INT = ConstantDescs.CD_int;
    private static final ClassDesc VOID = ConstantDescs.CD_void;

    private static final String READ = "readGlobal";
    private static final String WRITE = "writeGlobal";
    private static final MethodTypeDesc READS = MethodTypeDesc.of(LONG, INT, INSTANCE);
    private static final MethodTypeDesc WRITES = MethodTypeDesc.of(VOID, LONG, INT, INSTANCE);

    private final int instanceSlot;
    private final int fuelGlobal;
    private @Nullable ConstantInstruction index;
    private @Nullable LoadInstruction instance;

    GlobalAccess(int instanceSlot, int fuelGlobal) {
        this.instanceSlot = instanceSlot;
        this.fuelGlobal = fuelGlobal;
    }

    /** Where a function finds its instance, and its memory right before it; 0 of what is no function. */
    static int instanceSlot(MethodModel method) {
        List<ClassDesc> parameters = method.methodTypeSymbol().parameterList();
        int last = parameters.size() - 1;
        if (last < 1
                || !parameters.get(last).equals(INSTANCE)
                || !parameters.get(last - 1).equals(MEMORY)) {
            return 0;
        }
        return parameters.subList(0, last).stream()
                .mapToInt(parameter -> TypeKind.from(parameter).slotSize())
                .sum();
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
        ConstantInstruction heldIndex = index;
        if (instance != null
                && heldIndex != null
                && element instanceof InvokeInstruction call
                && rewrote(code, call, heldIndex)) {
            index = null;
            instance = null;
        } else if (index != null && instance == null && isInstance(element)) {
            instance = (LoadInstruction) element;
        } else {
            flush(code);
            if (element instanceof ConstantInstruction constant && constant.constantValue() instanceof Integer) {
                index = constant;
            } else {
                code.with(element);
            }
        }
    }

    @Override
    public void atEnd(CodeBuilder code) {
        flush(code);
    }

    private boolean isInstance(CodeElement element) {
        return element instanceof LoadInstruction load
                && load.typeKind() == TypeKind.REFERENCE
                && load.slot() == instanceSlot;
    }

    /** What was held back is no access to a global. */
    private void flush(CodeBuilder code) {
        if (index != null) {
            code.with(index);
            index = null;
        }
        if (instance != null) {
            code.with(instance);
            instance = null;
        }
    }

    private boolean rewrote(CodeBuilder code, InvokeInstruction call, ConstantInstruction heldIndex) {
        if (call.opcode() != Opcode.INVOKESTATIC) {
            return false;
        }
        boolean reads = call.name().equalsString(READ) && call.typeSymbol().equals(READS);
        boolean writes = call.name().equalsString(WRITE) && call.typeSymbol().equals(WRITES);
        if (reads || writes) {
            access(code, (int) heldIndex.constantValue(), writes);
        }
        return reads || writes;
    }

    /** A value that is written stands on the stack already. */
    private void access(CodeBuilder code, int global, boolean writes) {
        code.aload(instanceSlot - 1);
        if (global < fuelGlobal) {
            code.loadConstant(global);
            code.invokestatic(OURS, "global", writes ? type(VOID, LONG, MEMORY, INT) : type(LONG, MEMORY, INT));
        } else {
            code.invokestatic(
                    OURS,
                    global == fuelGlobal ? "fuel" : "depth",
                    writes ? type(VOID, LONG, MEMORY) : type(LONG, MEMORY));
        }
    }

    private static MethodTypeDesc type(ClassDesc result, ClassDesc... parameters) {
        return MethodTypeDesc.of(result, parameters);
    }
}
