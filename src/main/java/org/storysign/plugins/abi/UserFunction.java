package org.storysign.plugins.abi;

import org.storysign.plugins.sandbox.HostCall;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.wasm.FunctionType;

/**
 * A function of the platform as guests are linked to it. Made by {@link UserFunctions}.
 *
 * @param block what it does, for whoever has the bytes and needs no guest
 */
public record UserFunction(String name, BlockFunction block) implements HostFunction {

    private static final FunctionType HANDLE_TO_HANDLE = AbiFunction.type("l", "l");

    @Override
    public String module() {
        return UserFunctions.MODULE;
    }

    @Override
    public FunctionType type() {
        return HANDLE_TO_HANDLE;
    }

    @Override
    public long[] call(HostCall call, long[] arguments) {
        call.charge(FuelPrice.PLATFORM_CALL);
        KernelMemory memory = ((KernelFrame) call.frame()).memory();
        call.charge(FuelPrice.working(memory.length(arguments[0])));
        byte[] answer = memory.withCopy(arguments[0], input -> block.call(call, input));
        call.charge(FuelPrice.working(answer.length));
        return new long[] {memory.place(answer)};
    }
}
