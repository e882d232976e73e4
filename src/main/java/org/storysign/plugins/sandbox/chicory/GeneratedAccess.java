package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Memory;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rewrites the one class of generated code through which all other generated code reaches memory and is interrupted: memory is {@link
 * FlatMemory}, whose methods the JVM can then inline, and nothing is interrupted, since fuel stops guests. A class that does not have the
 * shape we know stays as it is: slower, and as correct.
 */
final class GeneratedAccess {

    /** Of which class each compiled module has one of its own. */
    static final String NAME = "CompiledMachineShaded";

    private static final ClassDesc INTERFACE = Memory.class.describeConstable().orElseThrow();
    private static final ClassDesc OURS = FlatMemory.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);

    /** The methods that the compiler of Chicory 1.7.5 calls for loads and stores. */
    private static final Set<String> ACCESSES = Set.of(
            "memoryReadByte",
            "memoryReadShort",
            "memoryReadInt",
            "memoryReadLong",
            "memoryReadFloat",
            "memoryReadDouble",
            "memoryWriteByte",
            "memoryWriteShort",
            "memoryWriteInt",
            "memoryWriteLong",
            "memoryWriteFloat",
            "memoryWriteDouble");

    /** Classes of the engine are looked up where it was loaded from. */
    private static final ClassFile FORMAT = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
            ClassHierarchyResolver.ofResourceParsing(MachineFactoryCompiler.class.getClassLoader())
                    .orElse(ClassHierarchyResolver.defaultResolver())
                    .cached()));

    private static final String INTERRUPTION = "checkInterruption";

    private GeneratedAccess() {}

    /** Whether generated code finds our memory: its class loader is the engine's. */
    static boolean isPossible() {
        try {
            return Class.forName(FlatMemory.class.getName(), false, MachineFactoryCompiler.class.getClassLoader())
                    == FlatMemory.class;
        } catch (ClassNotFoundException elsewhere) {
            return false;
        }
    }

    /** The class as it is to be loaded; empty when it is not of the shape we know. */
    static Optional<byte[]> rewritten(byte[] original) {
        ClassFile format = FORMAT;
        ClassModel model = format.parse(original);
        if (!isKnown(model)) {
            return Optional.empty();
        }
        return Optional.of(format.transformClass(model, GeneratedAccess::method));
    }

    private static boolean isKnown(ClassModel model) {
        Set<String> accesses = new TreeSet<>();
        boolean interruption = false;
        for (MethodModel method : model.methods()) {
            String name = method.methodName().stringValue();
            if (isAccess(method)) {
                accesses.add(name);
            }
            interruption |= isInterruption(method);
        }
        return interruption && accesses.equals(ACCESSES);
    }

    /** A straight line: what it takes, the address, and one call of the memory, which is the last parameter. */
    private static boolean isAccess(MethodModel method) {
        List<ClassDesc> parameters = method.methodTypeSymbol().parameterList();
        return ACCESSES.contains(method.methodName().stringValue())
                && !parameters.isEmpty()
                && parameters.getLast().equals(INTERFACE)
                && method.code()
                        .map(code -> code.elementStream()
                                        .filter(GeneratedAccess::isCall)
                                        .count()
                                == 1)
                        .orElse(false);
    }

    private static boolean isInterruption(MethodModel method) {
        return method.methodName().equalsString(INTERRUPTION)
                && method.methodTypeSymbol().equals(NOTHING);
    }

    private static boolean isCall(CodeElement element) {
        return element instanceof InvokeInstruction call
                && call.opcode() == Opcode.INVOKEINTERFACE
                && call.owner().asSymbol().equals(INTERFACE);
    }

    /** A class of functions, whose accesses to globals go to {@link FlatMemory} where it has them. */
    static byte[] withGlobals(byte[] original, int fuelGlobal) {
        ClassFile format = FORMAT;
        return format.transformClass(format.parse(original), (builder, element) -> {
            if (element instanceof MethodModel method && GlobalAccess.instanceSlot(method) > 0) {
                builder.transformMethod(
                        method,
                        MethodTransform.transformingCode(CodeTransform.ofStateful(
                                () -> new GlobalAccess(GlobalAccess.instanceSlot(method), fuelGlobal))));
            } else {
                builder.with(element);
            }
        });
    }

    private static void method(ClassBuilder builder, ClassElement element) {
        if (element instanceof MethodModel method && isInterruption(method)) {
            builder.withMethodBody(
                    method.methodName(), method.methodType(), method.flags().flagsMask(), CodeBuilder::return_);
        } else if (element instanceof MethodModel method && isAccess(method)) {
            builder.transformMethod(method, MethodTransform.transformingCode(onOurs()));
        } else {
            builder.with(element);
        }
    }

    private static CodeTransform onOurs() {
        return (code, element) -> {
            if (isCall(element) && element instanceof InvokeInstruction call) {
                code.invokevirtual(OURS, call.name().stringValue(), call.typeSymbol());
            } else {
                code.with(element);
                if (element instanceof LoadInstruction load && load.typeKind() == TypeKind.REFERENCE) {
                    code.checkcast(OURS);
                }
            }
        };
    }
}
