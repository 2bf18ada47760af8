// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract Counter {
    address public immutable owner;
    uint256 public count;

    event Counted(address indexed by, uint256 count);

    error Empty();

    constructor(address owner_, uint256 start) {
        owner = owner_;
        count = start;
    }

    function increment() external {
        count += 1;
        emit Counted(msg.sender, count);
    }

    function decrement() external {
        if (count == 0) revert Empty();
        count -= 1;
        emit Counted(msg.sender, count);
    }
}
