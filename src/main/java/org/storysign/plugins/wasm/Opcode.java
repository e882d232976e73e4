package org.storysign.plugins.wasm;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The instructions of WebAssembly that a reader here can meet: number, name, what follows the number, and how many operands
 * go and come. Numbers behind the prefix {@code 0xFC} are {@code 0xFC00 + n}. Instructions of refused features are listed
 * so that a finding can name them. Source: core spec 5.4 and 7.10.
 */
public enum Opcode {
    UNREACHABLE(0x00, "unreachable", Immediate.NONE, 0, 0, Feature.CORE),
    NOP(0x01, "nop", Immediate.NONE, 0, 0, Feature.CORE),
    BLOCK(0x02, "block", Immediate.BLOCK_TYPE, Opcode.VARIES, Opcode.VARIES, Feature.CORE),
    LOOP(0x03, "loop", Immediate.BLOCK_TYPE, Opcode.VARIES, Opcode.VARIES, Feature.CORE),
    IF(0x04, "if", Immediate.BLOCK_TYPE, Opcode.VARIES, Opcode.VARIES, Feature.CORE),
    ELSE(0x05, "else", Immediate.NONE, Opcode.VARIES, Opcode.VARIES, Feature.CORE),
    TRY(0x06, "try", Immediate.REFUSED, Opcode.VARIES, Opcode.VARIES, Feature.EXCEPTION_HANDLING),
    CATCH(0x07, "catch", Immediate.REFUSED, Opcode.VARIES, Opcode.VARIES, Feature.EXCEPTION_HANDLING),
    THROW(0x08, "throw", Immediate.REFUSED, Opcode.VARIES, Opcode.VARIES, Feature.EXCEPTION_HANDLING),
    RETHROW(0x09, "rethrow", Immediate.REFUSED, Opcode.VARIES, Opcode.VARIES, Feature.EXCEPTION_HANDLING),
    THROW_REF(0x0A, "throw_ref", Immediate.REFUSED, Opcode.VARIES, Opcode.VARIES, Feature.EXCEPTION_HANDLING),
    END(0x0B, "end", Immediate.NONE, Opcode.VARIES, Opcode.VARIES, Feature.CORE),
    BR(0x0C, "br", Immediate.LABEL, Opcode.VARIES, Opcode.VARIES, Feature.CORE),
    BR_IF(0x0D, "br_if", Immediate.LABEL, Opcode.VARIES, Opcode.VARIES, Feature.CORE),
    BR_TABLE(0x0E, "br_table", Immediate.BRANCH_TABLE, Opcode.VARIES, Opcode.VARIES, Feature.CORE),
    RETURN(0x0F, "return", Immediate.NONE, Opcode.VARIES, Opcode.VARIES, Feature.CORE),
    CALL(0x10, "call", Immediate.FUNCTION, Opcode.VARIES, Opcode.VARIES, Feature.CORE),
    CALL_INDIRECT(0x11, "call_indirect", Immediate.TYPE_AND_TABLE, Opcode.VARIES, Opcode.VARIES, Feature.CORE),
    RETURN_CALL(0x12, "return_call", Immediate.REFUSED, Opcode.VARIES, Opcode.VARIES, Feature.TAIL_CALLS),
    RETURN_CALL_INDIRECT(
            0x13, "return_call_indirect", Immediate.REFUSED, Opcode.VARIES, Opcode.VARIES, Feature.TAIL_CALLS),
    CALL_REF(0x14, "call_ref", Immediate.REFUSED, Opcode.VARIES, Opcode.VARIES, Feature.GC),
    RETURN_CALL_REF(0x15, "return_call_ref", Immediate.REFUSED, Opcode.VARIES, Opcode.VARIES, Feature.GC),
    DELEGATE(0x18, "delegate", Immediate.REFUSED, Opcode.VARIES, Opcode.VARIES, Feature.EXCEPTION_HANDLING),
    CATCH_ALL(0x19, "catch_all", Immediate.REFUSED, Opcode.VARIES, Opcode.VARIES, Feature.EXCEPTION_HANDLING),
    TRY_TABLE(0x1F, "try_table", Immediate.REFUSED, Opcode.VARIES, Opcode.VARIES, Feature.EXCEPTION_HANDLING),
    DROP(0x1A, "drop", Immediate.NONE, 1, 0, Feature.CORE),
    SELECT(0x1B, "select", Immediate.NONE, 3, 1, Feature.CORE),
    SELECT_TYPED(0x1C, "select (typed)", Immediate.VALUE_TYPES, 3, 1, Feature.REFERENCE_TYPES),
    LOCAL_GET(0x20, "local.get", Immediate.LOCAL, 0, 1, Feature.CORE),
    LOCAL_SET(0x21, "local.set", Immediate.LOCAL, 1, 0, Feature.CORE),
    LOCAL_TEE(0x22, "local.tee", Immediate.LOCAL, 1, 1, Feature.CORE),
    GLOBAL_GET(0x23, "global.get", Immediate.GLOBAL, 0, 1, Feature.CORE),
    GLOBAL_SET(0x24, "global.set", Immediate.GLOBAL, 1, 0, Feature.CORE),
    TABLE_GET(0x25, "table.get", Immediate.TABLE, 1, 1, Feature.REFERENCE_TYPES),
    TABLE_SET(0x26, "table.set", Immediate.TABLE, 2, 0, Feature.REFERENCE_TYPES),
    I32_LOAD(0x28, "i32.load", Immediate.MEMORY_ARGUMENT, 1, 1, Feature.CORE),
    I64_LOAD(0x29, "i64.load", Immediate.MEMORY_ARGUMENT, 1, 1, Feature.CORE),
    F32_LOAD(0x2A, "f32.load", Immediate.MEMORY_ARGUMENT, 1, 1, Feature.CORE),
    F64_LOAD(0x2B, "f64.load", Immediate.MEMORY_ARGUMENT, 1, 1, Feature.CORE),
    I32_LOAD8_S(0x2C, "i32.load8_s", Immediate.MEMORY_ARGUMENT, 1, 1, Feature.CORE),
    I32_LOAD8_U(0x2D, "i32.load8_u", Immediate.MEMORY_ARGUMENT, 1, 1, Feature.CORE),
    I32_LOAD16_S(0x2E, "i32.load16_s", Immediate.MEMORY_ARGUMENT, 1, 1, Feature.CORE),
    I32_LOAD16_U(0x2F, "i32.load16_u", Immediate.MEMORY_ARGUMENT, 1, 1, Feature.CORE),
    I64_LOAD8_S(0x30, "i64.load8_s", Immediate.MEMORY_ARGUMENT, 1, 1, Feature.CORE),
    I64_LOAD8_U(0x31, "i64.load8_u", Immediate.MEMORY_ARGUMENT, 1, 1, Feature.CORE),
    I64_LOAD16_S(0x32, "i64.load16_s", Immediate.MEMORY_ARGUMENT, 1, 1, Feature.CORE),
    I64_LOAD16_U(0x33, "i64.load16_u", Immediate.MEMORY_ARGUMENT, 1, 1, Feature.CORE),
    I64_LOAD32_S(0x34, "i64.load32_s", Immediate.MEMORY_ARGUMENT, 1, 1, Feature.CORE),
    I64_LOAD32_U(0x35, "i64.load32_u", Immediate.MEMORY_ARGUMENT, 1, 1, Feature.CORE),
    I32_STORE(0x36, "i32.store", Immediate.MEMORY_ARGUMENT, 2, 0, Feature.CORE),
    I64_STORE(0x37, "i64.store", Immediate.MEMORY_ARGUMENT, 2, 0, Feature.CORE),
    F32_STORE(0x38, "f32.store", Immediate.MEMORY_ARGUMENT, 2, 0, Feature.CORE),
    F64_STORE(0x39, "f64.store", Immediate.MEMORY_ARGUMENT, 2, 0, Feature.CORE),
    I32_STORE8(0x3A, "i32.store8", Immediate.MEMORY_ARGUMENT, 2, 0, Feature.CORE),
    I32_STORE16(0x3B, "i32.store16", Immediate.MEMORY_ARGUMENT, 2, 0, Feature.CORE),
    I64_STORE8(0x3C, "i64.store8", Immediate.MEMORY_ARGUMENT, 2, 0, Feature.CORE),
    I64_STORE16(0x3D, "i64.store16", Immediate.MEMORY_ARGUMENT, 2, 0, Feature.CORE),
    I64_STORE32(0x3E, "i64.store32", Immediate.MEMORY_ARGUMENT, 2, 0, Feature.CORE),
    MEMORY_SIZE(0x3F, "memory.size", Immediate.MEMORY, 0, 1, Feature.CORE),
    MEMORY_GROW(0x40, "memory.grow", Immediate.MEMORY, 1, 1, Feature.CORE),
    I32_CONST(0x41, "i32.const", Immediate.I32, 0, 1, Feature.CORE),
    I64_CONST(0x42, "i64.const", Immediate.I64, 0, 1, Feature.CORE),
    F32_CONST(0x43, "f32.const", Immediate.F32, 0, 1, Feature.CORE),
    F64_CONST(0x44, "f64.const", Immediate.F64, 0, 1, Feature.CORE),
    I32_EQZ(0x45, "i32.eqz", Immediate.NONE, 1, 1, Feature.CORE),
    I32_EQ(0x46, "i32.eq", Immediate.NONE, 2, 1, Feature.CORE),
    I32_NE(0x47, "i32.ne", Immediate.NONE, 2, 1, Feature.CORE),
    I32_LT_S(0x48, "i32.lt_s", Immediate.NONE, 2, 1, Feature.CORE),
    I32_LT_U(0x49, "i32.lt_u", Immediate.NONE, 2, 1, Feature.CORE),
    I32_GT_S(0x4A, "i32.gt_s", Immediate.NONE, 2, 1, Feature.CORE),
    I32_GT_U(0x4B, "i32.gt_u", Immediate.NONE, 2, 1, Feature.CORE),
    I32_LE_S(0x4C, "i32.le_s", Immediate.NONE, 2, 1, Feature.CORE),
    I32_LE_U(0x4D, "i32.le_u", Immediate.NONE, 2, 1, Feature.CORE),
    I32_GE_S(0x4E, "i32.ge_s", Immediate.NONE, 2, 1, Feature.CORE),
    I32_GE_U(0x4F, "i32.ge_u", Immediate.NONE, 2, 1, Feature.CORE),
    I64_EQZ(0x50, "i64.eqz", Immediate.NONE, 1, 1, Feature.CORE),
    I64_EQ(0x51, "i64.eq", Immediate.NONE, 2, 1, Feature.CORE),
    I64_NE(0x52, "i64.ne", Immediate.NONE, 2, 1, Feature.CORE),
    I64_LT_S(0x53, "i64.lt_s", Immediate.NONE, 2, 1, Feature.CORE),
    I64_LT_U(0x54, "i64.lt_u", Immediate.NONE, 2, 1, Feature.CORE),
    I64_GT_S(0x55, "i64.gt_s", Immediate.NONE, 2, 1, Feature.CORE),
    I64_GT_U(0x56, "i64.gt_u", Immediate.NONE, 2, 1, Feature.CORE),
    I64_LE_S(0x57, "i64.le_s", Immediate.NONE, 2, 1, Feature.CORE),
    I64_LE_U(0x58, "i64.le_u", Immediate.NONE, 2, 1, Feature.CORE),
    I64_GE_S(0x59, "i64.ge_s", Immediate.NONE, 2, 1, Feature.CORE),
    I64_GE_U(0x5A, "i64.ge_u", Immediate.NONE, 2, 1, Feature.CORE),
    F32_EQ(0x5B, "f32.eq", Immediate.NONE, 2, 1, Feature.CORE),
    F32_NE(0x5C, "f32.ne", Immediate.NONE, 2, 1, Feature.CORE),
    F32_LT(0x5D, "f32.lt", Immediate.NONE, 2, 1, Feature.CORE),
    F32_GT(0x5E, "f32.gt", Immediate.NONE, 2, 1, Feature.CORE),
    F32_LE(0x5F, "f32.le", Immediate.NONE, 2, 1, Feature.CORE),
    F32_GE(0x60, "f32.ge", Immediate.NONE, 2, 1, Feature.CORE),
    F64_EQ(0x61, "f64.eq", Immediate.NONE, 2, 1, Feature.CORE),
    F64_NE(0x62, "f64.ne", Immediate.NONE, 2, 1, Feature.CORE),
    F64_LT(0x63, "f64.lt", Immediate.NONE, 2, 1, Feature.CORE),
    F64_GT(0x64, "f64.gt", Immediate.NONE, 2, 1, Feature.CORE),
    F64_LE(0x65, "f64.le", Immediate.NONE, 2, 1, Feature.CORE),
    F64_GE(0x66, "f64.ge", Immediate.NONE, 2, 1, Feature.CORE),
    I32_CLZ(0x67, "i32.clz", Immediate.NONE, 1, 1, Feature.CORE),
    I32_CTZ(0x68, "i32.ctz", Immediate.NONE, 1, 1, Feature.CORE),
    I32_POPCNT(0x69, "i32.popcnt", Immediate.NONE, 1, 1, Feature.CORE),
    I32_ADD(0x6A, "i32.add", Immediate.NONE, 2, 1, Feature.CORE),
    I32_SUB(0x6B, "i32.sub", Immediate.NONE, 2, 1, Feature.CORE),
    I32_MUL(0x6C, "i32.mul", Immediate.NONE, 2, 1, Feature.CORE),
    I32_DIV_S(0x6D, "i32.div_s", Immediate.NONE, 2, 1, Feature.CORE),
    I32_DIV_U(0x6E, "i32.div_u", Immediate.NONE, 2, 1, Feature.CORE),
    I32_REM_S(0x6F, "i32.rem_s", Immediate.NONE, 2, 1, Feature.CORE),
    I32_REM_U(0x70, "i32.rem_u", Immediate.NONE, 2, 1, Feature.CORE),
    I32_AND(0x71, "i32.and", Immediate.NONE, 2, 1, Feature.CORE),
    I32_OR(0x72, "i32.or", Immediate.NONE, 2, 1, Feature.CORE),
    I32_XOR(0x73, "i32.xor", Immediate.NONE, 2, 1, Feature.CORE),
    I32_SHL(0x74, "i32.shl", Immediate.NONE, 2, 1, Feature.CORE),
    I32_SHR_S(0x75, "i32.shr_s", Immediate.NONE, 2, 1, Feature.CORE),
    I32_SHR_U(0x76, "i32.shr_u", Immediate.NONE, 2, 1, Feature.CORE),
    I32_ROTL(0x77, "i32.rotl", Immediate.NONE, 2, 1, Feature.CORE),
    I32_ROTR(0x78, "i32.rotr", Immediate.NONE, 2, 1, Feature.CORE),
    I64_CLZ(0x79, "i64.clz", Immediate.NONE, 1, 1, Feature.CORE),
    I64_CTZ(0x7A, "i64.ctz", Immediate.NONE, 1, 1, Feature.CORE),
    I64_POPCNT(0x7B, "i64.popcnt", Immediate.NONE, 1, 1, Feature.CORE),
    I64_ADD(0x7C, "i64.add", Immediate.NONE, 2, 1, Feature.CORE),
    I64_SUB(0x7D, "i64.sub", Immediate.NONE, 2, 1, Feature.CORE),
    I64_MUL(0x7E, "i64.mul", Immediate.NONE, 2, 1, Feature.CORE),
    I64_DIV_S(0x7F, "i64.div_s", Immediate.NONE, 2, 1, Feature.CORE),
    I64_DIV_U(0x80, "i64.div_u", Immediate.NONE, 2, 1, Feature.CORE),
    I64_REM_S(0x81, "i64.rem_s", Immediate.NONE, 2, 1, Feature.CORE),
    I64_REM_U(0x82, "i64.rem_u", Immediate.NONE, 2, 1, Feature.CORE),
    I64_AND(0x83, "i64.and", Immediate.NONE, 2, 1, Feature.CORE),
    I64_OR(0x84, "i64.or", Immediate.NONE, 2, 1, Feature.CORE),
    I64_XOR(0x85, "i64.xor", Immediate.NONE, 2, 1, Feature.CORE),
    I64_SHL(0x86, "i64.shl", Immediate.NONE, 2, 1, Feature.CORE),
    I64_SHR_S(0x87, "i64.shr_s", Immediate.NONE, 2, 1, Feature.CORE),
    I64_SHR_U(0x88, "i64.shr_u", Immediate.NONE, 2, 1, Feature.CORE),
    I64_ROTL(0x89, "i64.rotl", Immediate.NONE, 2, 1, Feature.CORE),
    I64_ROTR(0x8A, "i64.rotr", Immediate.NONE, 2, 1, Feature.CORE),
    F32_ABS(0x8B, "f32.abs", Immediate.NONE, 1, 1, Feature.CORE),
    F32_NEG(0x8C, "f32.neg", Immediate.NONE, 1, 1, Feature.CORE),
    F32_CEIL(0x8D, "f32.ceil", Immediate.NONE, 1, 1, Feature.CORE),
    F32_FLOOR(0x8E, "f32.floor", Immediate.NONE, 1, 1, Feature.CORE),
    F32_TRUNC(0x8F, "f32.trunc", Immediate.NONE, 1, 1, Feature.CORE),
    F32_NEAREST(0x90, "f32.nearest", Immediate.NONE, 1, 1, Feature.CORE),
    F32_SQRT(0x91, "f32.sqrt", Immediate.NONE, 1, 1, Feature.CORE),
    F32_ADD(0x92, "f32.add", Immediate.NONE, 2, 1, Feature.CORE),
    F32_SUB(0x93, "f32.sub", Immediate.NONE, 2, 1, Feature.CORE),
    F32_MUL(0x94, "f32.mul", Immediate.NONE, 2, 1, Feature.CORE),
    F32_DIV(0x95, "f32.div", Immediate.NONE, 2, 1, Feature.CORE),
    F32_MIN(0x96, "f32.min", Immediate.NONE, 2, 1, Feature.CORE),
    F32_MAX(0x97, "f32.max", Immediate.NONE, 2, 1, Feature.CORE),
    F32_COPYSIGN(0x98, "f32.copysign", Immediate.NONE, 2, 1, Feature.CORE),
    F64_ABS(0x99, "f64.abs", Immediate.NONE, 1, 1, Feature.CORE),
    F64_NEG(0x9A, "f64.neg", Immediate.NONE, 1, 1, Feature.CORE),
    F64_CEIL(0x9B, "f64.ceil", Immediate.NONE, 1, 1, Feature.CORE),
    F64_FLOOR(0x9C, "f64.floor", Immediate.NONE, 1, 1, Feature.CORE),
    F64_TRUNC(0x9D, "f64.trunc", Immediate.NONE, 1, 1, Feature.CORE),
    F64_NEAREST(0x9E, "f64.nearest", Immediate.NONE, 1, 1, Feature.CORE),
    F64_SQRT(0x9F, "f64.sqrt", Immediate.NONE, 1, 1, Feature.CORE),
    F64_ADD(0xA0, "f64.add", Immediate.NONE, 2, 1, Feature.CORE),
    F64_SUB(0xA1, "f64.sub", Immediate.NONE, 2, 1, Feature.CORE),
    F64_MUL(0xA2, "f64.mul", Immediate.NONE, 2, 1, Feature.CORE),
    F64_DIV(0xA3, "f64.div", Immediate.NONE, 2, 1, Feature.CORE),
    F64_MIN(0xA4, "f64.min", Immediate.NONE, 2, 1, Feature.CORE),
    F64_MAX(0xA5, "f64.max", Immediate.NONE, 2, 1, Feature.CORE),
    F64_COPYSIGN(0xA6, "f64.copysign", Immediate.NONE, 2, 1, Feature.CORE),
    I32_WRAP_I64(0xA7, "i32.wrap_i64", Immediate.NONE, 1, 1, Feature.CORE),
    I32_TRUNC_F32_S(0xA8, "i32.trunc_f32_s", Immediate.NONE, 1, 1, Feature.CORE),
    I32_TRUNC_F32_U(0xA9, "i32.trunc_f32_u", Immediate.NONE, 1, 1, Feature.CORE),
    I32_TRUNC_F64_S(0xAA, "i32.trunc_f64_s", Immediate.NONE, 1, 1, Feature.CORE),
    I32_TRUNC_F64_U(0xAB, "i32.trunc_f64_u", Immediate.NONE, 1, 1, Feature.CORE),
    I64_EXTEND_I32_S(0xAC, "i64.extend_i32_s", Immediate.NONE, 1, 1, Feature.CORE),
    I64_EXTEND_I32_U(0xAD, "i64.extend_i32_u", Immediate.NONE, 1, 1, Feature.CORE),
    I64_TRUNC_F32_S(0xAE, "i64.trunc_f32_s", Immediate.NONE, 1, 1, Feature.CORE),
    I64_TRUNC_F32_U(0xAF, "i64.trunc_f32_u", Immediate.NONE, 1, 1, Feature.CORE),
    I64_TRUNC_F64_S(0xB0, "i64.trunc_f64_s", Immediate.NONE, 1, 1, Feature.CORE),
    I64_TRUNC_F64_U(0xB1, "i64.trunc_f64_u", Immediate.NONE, 1, 1, Feature.CORE),
    F32_CONVERT_I32_S(0xB2, "f32.convert_i32_s", Immediate.NONE, 1, 1, Feature.CORE),
    F32_CONVERT_I32_U(0xB3, "f32.convert_i32_u", Immediate.NONE, 1, 1, Feature.CORE),
    F32_CONVERT_I64_S(0xB4, "f32.convert_i64_s", Immediate.NONE, 1, 1, Feature.CORE),
    F32_CONVERT_I64_U(0xB5, "f32.convert_i64_u", Immediate.NONE, 1, 1, Feature.CORE),
    F32_DEMOTE_F64(0xB6, "f32.demote_f64", Immediate.NONE, 1, 1, Feature.CORE),
    F64_CONVERT_I32_S(0xB7, "f64.convert_i32_s", Immediate.NONE, 1, 1, Feature.CORE),
    F64_CONVERT_I32_U(0xB8, "f64.convert_i32_u", Immediate.NONE, 1, 1, Feature.CORE),
    F64_CONVERT_I64_S(0xB9, "f64.convert_i64_s", Immediate.NONE, 1, 1, Feature.CORE),
    F64_CONVERT_I64_U(0xBA, "f64.convert_i64_u", Immediate.NONE, 1, 1, Feature.CORE),
    F64_PROMOTE_F32(0xBB, "f64.promote_f32", Immediate.NONE, 1, 1, Feature.CORE),
    I32_REINTERPRET_F32(0xBC, "i32.reinterpret_f32", Immediate.NONE, 1, 1, Feature.CORE),
    I64_REINTERPRET_F64(0xBD, "i64.reinterpret_f64", Immediate.NONE, 1, 1, Feature.CORE),
    F32_REINTERPRET_I32(0xBE, "f32.reinterpret_i32", Immediate.NONE, 1, 1, Feature.CORE),
    F64_REINTERPRET_I64(0xBF, "f64.reinterpret_i64", Immediate.NONE, 1, 1, Feature.CORE),
    I32_EXTEND8_S(0xC0, "i32.extend8_s", Immediate.NONE, 1, 1, Feature.CORE),
    I32_EXTEND16_S(0xC1, "i32.extend16_s", Immediate.NONE, 1, 1, Feature.CORE),
    I64_EXTEND8_S(0xC2, "i64.extend8_s", Immediate.NONE, 1, 1, Feature.CORE),
    I64_EXTEND16_S(0xC3, "i64.extend16_s", Immediate.NONE, 1, 1, Feature.CORE),
    I64_EXTEND32_S(0xC4, "i64.extend32_s", Immediate.NONE, 1, 1, Feature.CORE),
    REF_NULL(0xD0, "ref.null", Immediate.REFERENCE_TYPE, 0, 1, Feature.REFERENCE_TYPES),
    REF_IS_NULL(0xD1, "ref.is_null", Immediate.NONE, 1, 1, Feature.REFERENCE_TYPES),
    REF_FUNC(0xD2, "ref.func", Immediate.FUNCTION, 0, 1, Feature.REFERENCE_TYPES),
    REF_EQ(0xD3, "ref.eq", Immediate.REFUSED, Opcode.VARIES, Opcode.VARIES, Feature.GC),
    REF_AS_NON_NULL(0xD4, "ref.as_non_null", Immediate.REFUSED, Opcode.VARIES, Opcode.VARIES, Feature.GC),
    BR_ON_NULL(0xD5, "br_on_null", Immediate.REFUSED, Opcode.VARIES, Opcode.VARIES, Feature.GC),
    BR_ON_NON_NULL(0xD6, "br_on_non_null", Immediate.REFUSED, Opcode.VARIES, Opcode.VARIES, Feature.GC),
    I32_TRUNC_SAT_F32_S(0xFC00, "i32.trunc_sat_f32_s", Immediate.NONE, 1, 1, Feature.CORE),
    I32_TRUNC_SAT_F32_U(0xFC01, "i32.trunc_sat_f32_u", Immediate.NONE, 1, 1, Feature.CORE),
    I32_TRUNC_SAT_F64_S(0xFC02, "i32.trunc_sat_f64_s", Immediate.NONE, 1, 1, Feature.CORE),
    I32_TRUNC_SAT_F64_U(0xFC03, "i32.trunc_sat_f64_u", Immediate.NONE, 1, 1, Feature.CORE),
    I64_TRUNC_SAT_F32_S(0xFC04, "i64.trunc_sat_f32_s", Immediate.NONE, 1, 1, Feature.CORE),
    I64_TRUNC_SAT_F32_U(0xFC05, "i64.trunc_sat_f32_u", Immediate.NONE, 1, 1, Feature.CORE),
    I64_TRUNC_SAT_F64_S(0xFC06, "i64.trunc_sat_f64_s", Immediate.NONE, 1, 1, Feature.CORE),
    I64_TRUNC_SAT_F64_U(0xFC07, "i64.trunc_sat_f64_u", Immediate.NONE, 1, 1, Feature.CORE),
    MEMORY_INIT(0xFC08, "memory.init", Immediate.DATA_AND_MEMORY, 3, 0, Feature.CORE),
    DATA_DROP(0xFC09, "data.drop", Immediate.DATA, 0, 0, Feature.CORE),
    MEMORY_COPY(0xFC0A, "memory.copy", Immediate.MEMORY_PAIR, 3, 0, Feature.CORE),
    MEMORY_FILL(0xFC0B, "memory.fill", Immediate.MEMORY, 3, 0, Feature.CORE),
    TABLE_INIT(0xFC0C, "table.init", Immediate.ELEMENT_AND_TABLE, 3, 0, Feature.TABLE_MUTATION),
    ELEM_DROP(0xFC0D, "elem.drop", Immediate.ELEMENT, 0, 0, Feature.CORE),
    TABLE_COPY(0xFC0E, "table.copy", Immediate.TABLE_PAIR, 3, 0, Feature.TABLE_MUTATION),
    TABLE_GROW(0xFC0F, "table.grow", Immediate.TABLE, 2, 1, Feature.TABLE_MUTATION),
    TABLE_SIZE(0xFC10, "table.size", Immediate.TABLE, 0, 1, Feature.REFERENCE_TYPES),
    TABLE_FILL(0xFC11, "table.fill", Immediate.TABLE, 3, 0, Feature.TABLE_MUTATION);

    /** How many operands: it depends on a type that stands elsewhere. */
    public static final int VARIES = -1;

    private static final @Nullable Opcode[] ONE_BYTE = new @Nullable Opcode[256];
    private static final @Nullable Opcode[] BEHIND_FC = new @Nullable Opcode[32];

    static {
        for (Opcode opcode : values()) {
            if (opcode.code < 256) {
                ONE_BYTE[opcode.code] = opcode;
            } else {
                BEHIND_FC[opcode.code & 0xFF] = opcode;
            }
        }
    }

    private final int code;
    private final String mnemonic;
    private final Immediate immediate;
    private final int pops;
    private final int pushes;
    private final Feature feature;

    Opcode(int code, String mnemonic, Immediate immediate, int pops, int pushes, Feature feature) {
        this.code = code;
        this.mnemonic = mnemonic;
        this.immediate = immediate;
        this.pops = pops;
        this.pushes = pushes;
        this.feature = feature;
    }

    /** The instruction with this number ({@code 0xFC00 + n} behind the prefix), or empty when none is known. */
    public static Optional<Opcode> of(int code) {
        return Optional.ofNullable(find(code));
    }

    static @Nullable Opcode find(int code) {
        if (code >= 0 && code < 256) {
            return ONE_BYTE[code];
        }
        int behindPrefix = code - 0xFC00;
        return behindPrefix >= 0 && behindPrefix < BEHIND_FC.length ? BEHIND_FC[behindPrefix] : null;
    }

    /** The number: one byte, or {@code 0xFC00 + n}. */
    public int code() {
        return code;
    }

    /** The name in the text format, such as {@code i32.add}. */
    public String mnemonic() {
        return mnemonic;
    }

    public Immediate immediate() {
        return immediate;
    }

    /** Operands taken, or {@link #VARIES}. */
    public int pops() {
        return pops;
    }

    /** Operands left, or {@link #VARIES}. */
    public int pushes() {
        return pushes;
    }

    public Feature feature() {
        return feature;
    }

    /** What stands behind an instruction's number. */
    public enum Immediate {
        NONE,
        BLOCK_TYPE,
        LABEL,
        BRANCH_TABLE,
        FUNCTION,
        TYPE_AND_TABLE,
        VALUE_TYPES,
        LOCAL,
        GLOBAL,
        TABLE,
        TABLE_PAIR,
        MEMORY,
        MEMORY_PAIR,
        MEMORY_ARGUMENT,
        DATA,
        DATA_AND_MEMORY,
        ELEMENT,
        ELEMENT_AND_TABLE,
        REFERENCE_TYPE,
        I32,
        I64,
        F32,
        F64,
        /** The instruction belongs to a refused feature; what follows it is not read. */
        REFUSED
    }

    /** The part of WebAssembly that brought an instruction. */
    public enum Feature {
        CORE,
        REFERENCE_TYPES,
        /** {@code table.init}, {@code table.copy}, {@code table.grow}, {@code table.fill}: refused, the engine does not check their lengths. */
        TABLE_MUTATION,
        TAIL_CALLS,
        EXCEPTION_HANDLING,
        GC
    }
}
