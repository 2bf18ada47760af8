// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// The cheat codes that scripts need to send transactions. forge-std has all of them.
interface Vm {
    function startBroadcast() external;
    function stopBroadcast() external;
}

abstract contract Script {
    bool public IS_SCRIPT = true;
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
}
