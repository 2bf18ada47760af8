// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Counter} from "../src/Counter.sol";

contract CounterTest {
    function test_counts_up_and_down() external {
        Counter counter = new Counter(address(this), 1);
        counter.increment();
        require(counter.count() == 2, "not counted up");
        counter.decrement();
        require(counter.count() == 1, "not counted down");
    }

    function test_refuses_to_count_below_zero() external {
        Counter counter = new Counter(address(this), 0);
        (bool succeeded, bytes memory reason) =
            address(counter).call(abi.encodeCall(Counter.decrement, ()));
        require(!succeeded, "counted below zero");
        require(bytes4(reason) == Counter.Empty.selector, "another reason");
    }
}
