throw new Error('the author made a mistake')
